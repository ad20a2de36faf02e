using System.Globalization;

namespace MlSystemDesign;

/// <summary>An amount in one currency. There is no conversion: two currencies never add, and a bare number is not money.</summary>
/// <remarks>The amount is exact decimal; it may be finer than the minor unit (an expected value is). Budgets compare in minor units, rounded half to even,
/// so that 0.10 + 0.10 + 0.10 fits 0.30.</remarks>
/// <param name="Amount">The amount, in major units.</param>
/// <param name="Currency">The currency.</param>
public readonly record struct Money(decimal Amount, Currency Currency) : IComparable<Money>
{
    /// <summary>Gets the amount in minor units (cents), rounded half to even.</summary>
    /// <exception cref="OverflowException">The amount does not fit in 64 bits of minor units.</exception>
    public long MinorUnits => decimal.ToInt64(decimal.Round(Amount * Scale(Currency), 0, MidpointRounding.ToEven));

    /// <summary>Creates an amount of euros.</summary>
    /// <param name="amount">In euros.</param>
    public static Money Eur(decimal amount) => new(amount, Currency.Eur);

    /// <summary>Creates nothing in a currency.</summary>
    /// <param name="currency">The currency.</param>
    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>Creates an amount from a computed number, rounded to a millionth of the major unit.</summary>
    /// <param name="amount">A finite number of major units.</param>
    /// <param name="currency">The currency.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or infinite, or too large for a decimal.</exception>
    public static Money FromDouble(double amount, Currency currency) =>
        double.IsFinite(amount) && Math.Abs(amount) < 1e22
            ? new Money(decimal.Round((decimal)amount, 6), currency)
            : throw new ArgumentOutOfRangeException(
                nameof(amount), $"An amount of money must be a finite number below 1e22. Got {amount.ToString(CultureInfo.InvariantCulture)}. Check the values that it was computed from.");

    /// <summary>Adds two amounts of one currency.</summary>
    /// <param name="left">An amount.</param>
    /// <param name="right">Another, in the same currency.</param>
    public static Money operator +(Money left, Money right) => new(left.Amount + right.In(left.Currency), left.Currency);

    /// <summary>Subtracts an amount of the same currency.</summary>
    /// <param name="left">An amount.</param>
    /// <param name="right">Another, in the same currency.</param>
    public static Money operator -(Money left, Money right) => new(left.Amount - right.In(left.Currency), left.Currency);

    /// <summary>Negates an amount.</summary>
    /// <param name="value">An amount.</param>
    public static Money operator -(Money value) => value with { Amount = -value.Amount };

    /// <summary>Multiplies an amount by a number.</summary>
    /// <param name="value">An amount.</param>
    /// <param name="factor">Any number.</param>
    public static Money operator *(Money value, decimal factor) => value with { Amount = value.Amount * factor };

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="left">An amount.</param>
    /// <param name="right">Another, in the same currency.</param>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="left">An amount.</param>
    /// <param name="right">Another, in the same currency.</param>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="left">An amount.</param>
    /// <param name="right">Another, in the same currency.</param>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="left">An amount.</param>
    /// <param name="right">Another, in the same currency.</param>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Returns the amount rounded to the minor unit, half to even.</summary>
    public Money Rounded() => this with { Amount = decimal.Round(Amount, Currency.MinorDigits, MidpointRounding.ToEven) };

    /// <summary>Tells whether this amount, in minor units, is at most a limit: how budgets compare.</summary>
    /// <param name="limit">The limit, in the same currency.</param>
    public bool Fits(Money limit) => new Money(limit.In(Currency), Currency).Rounded().Amount >= Rounded().Amount;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other) => Amount.CompareTo(other.In(Currency));

    /// <summary>Returns the amount rounded to the minor unit and the code, such as <c>1234.50 EUR</c>; the same in every culture.</summary>
    public override string ToString() =>
        Rounded().Amount.ToString("F" + Currency.MinorDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + Currency.Code;

    private static decimal Scale(Currency currency) => currency.MinorDigits switch { 0 => 1m, 1 => 10m, 2 => 100m, 3 => 1000m, _ => 10000m };

    private decimal In(Currency currency) => Currency == currency
        ? Amount
        : throw new InvalidOperationException($"Amounts must be in one currency. Got {Currency} where {currency} is used. Convert with a stated rate first.");
}
