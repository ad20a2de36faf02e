using System.Globalization;
using MathNet.Numerics.Distributions;

namespace MlSystemDesign.Evaluation;

/// <summary>Intervals of proportions and of estimates that are near normal.</summary>
public static class Intervals
{
    /// <summary>Wilson's score interval of a proportion: inside [0, 1], and not empty at 0 % or 100 %.</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="confidence">The nominal coverage, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or the confidence is out of its range.</exception>
    /// <remarks>Source: Wilson, JASA 22 (1927); no continuity correction.</remarks>
    public static Interval Wilson(long successes, long trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double z = TwoSidedQuantile(confidence), n = trials, share = successes / n;
        double centre = (share + (z * z / (2 * n))) / (1 + (z * z / n));
        double half = z / (1 + (z * z / n)) * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));
        return new Interval(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half, confidence, "Wilson");
    }

    /// <summary>The normal quantile that leaves (1 − confidence) / 2 on either side: 1.96 for 0.95.</summary>
    /// <param name="confidence">In (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not inside (0, 1).</exception>
    public static double TwoSidedQuantile(double confidence) => confidence is > 0 and < 1
        ? Normal.InvCDF(0, 1, 0.5 + (confidence / 2))
        : throw new ArgumentOutOfRangeException(
            nameof(confidence), $"The confidence must lie inside (0, 1). Got {confidence.ToString(CultureInfo.InvariantCulture)}. Pass 0.95 for 95 %.");

    /// <summary>Estimate ± z × standard error; never clipped.</summary>
    internal static Interval Wald(double value, double standardError, double confidence, string method)
    {
        double half = TwoSidedQuantile(confidence) * standardError;
        return new Interval(value - half, value + half, confidence, method);
    }

    /// <summary>A normal interval of the log-odds, mapped back: stays inside (0, 1). None when the value is 0 or 1 or the standard error is
    /// not positive.</summary>
    internal static Interval? Logit(double value, double standardErrorOfLogit, double confidence, string method)
    {
        double half = TwoSidedQuantile(confidence) * standardErrorOfLogit;
        return value is > 0 and < 1 && half > 0 && double.IsFinite(half)
            ? new Interval(Map(-half), Map(half), confidence, method)
            : null;

        double Map(double shift) => value / (value + ((1 - value) * Math.Exp(-shift)));
    }
}
