using System.Globalization;

namespace MlSystemDesign;

/// <summary>An estimated amount of money with its interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end of the interval.</param>
/// <param name="Confidence">The nominal coverage, such as 0.95.</param>
/// <param name="Method">What the interval includes and how it was made.</param>
public sealed record MoneyEstimate(Money Value, Money Lower, Money Upper, double Confidence, string Method)
{
    /// <summary>Tells whether an amount lies inside the interval, ends included.</summary>
    /// <param name="amount">An amount in the same currency.</param>
    public bool Contains(Money amount) => amount >= Lower && amount <= Upper;

    /// <summary>Returns one line, such as <c>1200.00 EUR (800.00 EUR to 1600.00 EUR, 95 %)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value} ({Lower} to {Upper}, {Confidence * 100:0.#} %)");
}
