using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Platt scaling: probability = 1 / (1 + exp(−(slope × score + intercept))).</summary>
/// <remarks>Source: Platt, "Probabilistic outputs for support vector machines", 1999; with the numerics of Lin, Lin and Weng, 2007.</remarks>
public sealed class PlattCalibrator : ICalibrator
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "calibrator.platt";

    /// <summary>The smallest slope that a fit gives: scores without (or with inverse) relation to the outcome end near the base rate, in their order.</summary>
    internal const double LeastSlope = 1e-6;

    /// <summary>Creates a calibrator.</summary>
    /// <param name="slope">Positive and finite.</param>
    /// <param name="intercept">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not positive, or a number is not finite.</exception>
    public PlattCalibrator(double slope, double intercept)
    {
        if (!(slope > 0) || !double.IsFinite(slope) || !double.IsFinite(intercept))
        {
            throw new ArgumentOutOfRangeException(nameof(slope), string.Create(
                CultureInfo.InvariantCulture,
                $"The slope of a calibrator must be positive and finite, the intercept finite. Got slope {slope} and intercept {intercept}. A calibrator must never reverse the order of scores."));
        }

        Slope = slope;
        Intercept = intercept;
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the slope on the log-odds scale; above 1 when the scores were too timid, below 1 when they were too bold.</summary>
    public double Slope { get; }

    /// <summary>Gets the intercept on the log-odds scale.</summary>
    public double Intercept { get; }

    /// <inheritdoc/>
    public double Calibrate(double score) => Logistic.Probability((Slope * score) + Intercept);

    /// <summary>Fits slope and intercept by Newton's method to Platt's smoothed targets, (N₊ + 1)/(N₊ + 2) and 1/(N₋ + 2).</summary>
    /// <param name="scores">n scores of rows that their model had not seen.</param>
    /// <param name="targets">n targets, 0 or 1.</param>
    /// <param name="weights">n weights of mean 1.</param>
    internal static PlattCalibrator Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double[] smoothed = LogisticCurve.SmoothedTargets(targets, weights);
        (double[] slopes, double intercept) = LogisticCurve.Fit([scores.ToArray()], smoothed, weights);
        return slopes[0] >= LeastSlope ? new PlattCalibrator(slopes[0], intercept) : Flat(scores, smoothed, weights);
    }

    /// <summary>The curve of the least slope: near the base rate, in the order of the scores.</summary>
    internal static PlattCalibrator Flat(ReadOnlySpan<double> scores, double[] smoothed, ReadOnlySpan<double> weights)
    {
        double[] offsets = new double[scores.Length];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = LeastSlope * scores[i];
        }

        return new PlattCalibrator(LeastSlope, LogisticCurve.Fit([], smoothed, weights, offsets).Intercept);
    }
}
