using System.Globalization;

namespace MlSystemDesign.Explanation;

/// <summary>Says numbers, units and money in a language: as exactly as a person reads them.</summary>
internal sealed class ValueWords(ReasonTemplates templates)
{
    private const double HoursPerDay = 24;

    /// <summary>A number with three digits that count; a whole one with all of them.</summary>
    internal string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return templates.Missing;
        }

        double size = Math.Abs(value);
        string format = Math.Floor(size) == size && size < 1e15 ? "0"
            : size >= 1e9 || size < 0.001 ? "0.##E+0"
            : size >= 100 ? "0" : size >= 10 ? "0.#" : size >= 1 ? "0.##" : size >= 0.1 ? "0.###" : size >= 0.01 ? "0.####" : "0.#####";
        return Text(value, format);
    }

    /// <summary>A number with its unit in words. Days are whole from ten on, and hours below one.</summary>
    internal string WithUnit(double value, string? unit)
    {
        double size = Math.Abs(value);
        return unit switch
        {
            null => Number(value),
            "share" => Percent(value),
            "d" when size is > 0 and < 1 => Words(Math.Max(1, Math.Floor(size * HoursPerDay)) * Math.Sign(value), "h"),
            "d" when size >= 10 => Words(Math.Truncate(value), "d"),
            "d" => Words(Math.Truncate(value * 10) / 10, "d"),
            { Length: 3 } when size is > 0 and < 100 && unit.All(char.IsAsciiLetterUpper) => Text(value, "0.00") + " " + unit,
            _ => Words(value, unit),
        };
    }

    /// <summary>A share as a percentage.</summary>
    internal string Percent(double share) => Text(share * 100, Math.Abs(share) is >= 0.1 or 0 ? "0" : Math.Abs(share) >= 0.01 ? "0.#" : "0.##") + " %";

    /// <summary>What a ratio says.</summary>
    internal string Change(double ratio)
    {
        if (ratio is < 0 or double.PositiveInfinity)
        {
            return TextTemplate.Fill(templates.Times ?? "{number}", ("number", Number(ratio)));
        }

        string percent = Text(Math.Abs(ratio - 1) * 100, "0");
        return percent == "0" ? templates.Unchanged : TextTemplate.Fill(ratio > 1 ? templates.Up : templates.Down, ("percent", percent + " %"));
    }

    /// <summary>A length of time in its largest whole unit.</summary>
    internal string Length(TimeSpan length) =>
        length.Ticks % TimeSpan.TicksPerDay == 0 ? WithUnit(length.TotalDays, "d")
        : length.Ticks % TimeSpan.TicksPerHour == 0 ? WithUnit(length.TotalHours, "h")
        : WithUnit(length.TotalMinutes, "min");

    /// <summary>An amount: in whole units from a hundred on.</summary>
    internal string Amount(Money money)
    {
        int digits = Math.Abs(money.Amount) >= 100 ? 0 : money.Currency.MinorDigits;
        string text = decimal.Round(money.Amount, digits, MidpointRounding.ToEven).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Separated(text) + " " + money.Currency.Code;
    }

    /// <summary>A number in a format, with the separators of the language.</summary>
    internal string Text(double value, string format)
    {
        if (double.IsInfinity(value))
        {
            return value > 0 ? "∞" : "-∞";
        }

        string text = value.ToString(format, CultureInfo.InvariantCulture);

        // What rounds to nothing has no sign.
        return Separated(text[0] == '-' && text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text[1..] : text);
    }

    private string Words(double value, string unit)
    {
        string number = Number(value);
        if (templates.Units.TryGetValue(unit, out UnitWords? words))
        {
            return number + " " + (number == "1" ? words.One : words.Many);
        }

        return number + " " + (unit.EndsWith("/d", StringComparison.Ordinal) ? TextTemplate.Fill(templates.PerDay, ("unit", unit[..^2])) : unit);
    }

    private string Separated(string invariant)
    {
        int point = invariant.IndexOf('.', StringComparison.Ordinal), end = point < 0 ? invariant.Length : point, start = invariant[0] == '-' ? 1 : 0;
        string whole = invariant[..end], decimals = point < 0 ? string.Empty : templates.DecimalSeparator + invariant[(point + 1)..];
        if (end - start > 4 && templates.GroupSeparator.Length > 0 && !invariant.Contains('E', StringComparison.Ordinal))
        {
            for (int at = end - 3; at > start; at -= 3)
            {
                whole = whole.Insert(at, templates.GroupSeparator);
            }
        }

        return whole + decimals;
    }
}
