using System.Globalization;

namespace MlSystemDesign.Reporting.Html;

/// <summary>Numbers, money and time as a reader expects them; the same in every culture.</summary>
internal static class Words
{
    private const string NoBreakSpace = "\u00A0";

    /// <summary>An exact amount, such as a cost: <c>1,999.50 EUR</c>, or <c>2,000 EUR</c> without cents that are zero.</summary>
    public static string Exact(Money money)
    {
        decimal amount = money.Rounded().Amount;
        return Amount(amount, decimal.IsInteger(amount) ? 0 : money.Currency.MinorDigits, money.Currency);
    }

    /// <summary>An estimated amount: whole units from 100 on, because cents would pretend a precision that no estimate has.</summary>
    public static string About(Money money) => Amount(money.Amount, money.Amount == 0 || Math.Abs(money.Amount) >= 100 ? 0 : money.Currency.MinorDigits, money.Currency);

    /// <summary>The interval of an estimated amount: <c>2,310 to 14,020 EUR</c>.</summary>
    public static string Range(MoneyEstimate estimate) => Ends(estimate, "to");

    /// <summary>The interval of an estimated amount after the word "between": <c>2,310 and 14,020 EUR</c>.</summary>
    public static string Between(MoneyEstimate estimate) => Ends(estimate, "and");


    /// <summary>A number of things: <c>5,210</c>.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A share in [0, 1]: <c>12.3 %</c>.</summary>
    public static string Share(double share) => !double.IsFinite(share) ? Plain(share) : (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + NoBreakSpace + "%";

    /// <summary>A nominal coverage in (0, 1): <c>95 %</c>.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + NoBreakSpace + "%";

    /// <summary>A number without unit, with as many digits as its size deserves.</summary>
    public static string Plain(double value) => double.IsFinite(value)
        ? value.ToString(Math.Abs(value) >= 1000 ? "#,0" : Math.Abs(value) >= 10 ? "0.00" : "0.0000", CultureInfo.InvariantCulture)
        : double.IsPositiveInfinity(value) ? "infinite" : double.IsNegativeInfinity(value) ? "minus infinite" : "no number";

    /// <summary>A ratio near 1: two digits.</summary>
    public static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A number in the unit of its metric.</summary>
    public static string InUnit(double value, string? unit) => unit switch
    {
        null => Plain(value),
        "share" => Share(value),
        _ => Plain(value) + NoBreakSpace + unit,
    };

    /// <summary>A p-value: three digits, and never 0.</summary>
    public static string PValue(double value) => value < 0.001 ? "< 0.001" : value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>An instant in UTC: <c>2 Mar 2026</c> at midnight, otherwise <c>2 Mar 2026 08:30 UTC</c>.</summary>
    public static string Instant(DateTimeOffset instant)
    {
        DateTime utc = instant.UtcDateTime;
        return utc.ToString(utc.TimeOfDay == TimeSpan.Zero ? "d MMM yyyy" : "d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture).Replace(" ", NoBreakSpace, StringComparison.Ordinal);
    }

    /// <summary>A length of time: <c>90 days</c>, <c>36 hours</c>, or the exact text.</summary>
    public static string Length(TimeSpan length) => length switch
    {
        { Ticks: 0 } => "none",
        _ when length.Ticks % TimeSpan.TicksPerDay == 0 => Plural((long)length.TotalDays, "day"),
        _ when length.Ticks % TimeSpan.TicksPerHour == 0 => Plural((long)length.TotalHours, "hour"),
        _ => length.ToString("c", CultureInfo.InvariantCulture),
    };

    /// <summary>A count with its noun: <c>1 day</c>, <c>2 days</c>.</summary>
    public static string Plural(long count, string noun) => Count(count) + NoBreakSpace + noun + (count == 1 ? string.Empty : "s");

    /// <summary>The text with a capital first letter, for the start of a sentence.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A hyphen is hard to tell from a dash between numbers, so negative numbers carry a true minus sign.</summary>
    private static string Number(decimal amount, int digits)
    {
        decimal rounded = decimal.Round(amount, digits, MidpointRounding.ToEven);
        string text = Math.Abs(rounded).ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded < 0 ? "\u2212" + text : text;
    }

    private static string Ends(MoneyEstimate estimate, string word)
    {
        int digits = Math.Max(Math.Abs(estimate.Lower.Amount), Math.Abs(estimate.Upper.Amount)) >= 100 ? 0 : estimate.Value.Currency.MinorDigits;
        return $"{Number(estimate.Lower.Amount, digits)} {word} {Amount(estimate.Upper.Amount, digits, estimate.Upper.Currency)}";
    }

    private static string Amount(decimal amount, int digits, Currency currency) => Number(amount, digits) + NoBreakSpace + currency.Code;
}
