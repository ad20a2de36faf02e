using System.Globalization;

namespace MlSystemDesign;

/// <summary>A confidence interval and how it was made.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end; not below <paramref name="Lower"/>.</param>
/// <param name="Confidence">The nominal coverage, in (0, 1), such as 0.95.</param>
/// <param name="Method">The method by its standard name, such as "DeLong, logit scale".</param>
public sealed record Interval(double Lower, double Upper, double Confidence, string Method)
{
    /// <summary>Tells whether a value lies inside, ends included.</summary>
    /// <param name="value">Any value; NaN is never inside.</param>
    public bool Contains(double value) => value >= Lower && value <= Upper;

    /// <summary>Returns the interval as text with four decimals, such as <c>0.7512 to 0.7803</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Lower:0.0000} to {Upper:0.0000}");
}
