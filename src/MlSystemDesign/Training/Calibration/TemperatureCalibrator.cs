using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Temperature scaling: probability = 1 / (1 + exp(−score / temperature)).</summary>
/// <remarks>One number: tames (above 1) or sharpens (below 1) log-odds around a half, and leaves the score 0 at a half. Source: Guo, Pleiss, Sun and
/// Weinberger, "On calibration of modern neural networks", ICML 2017.</remarks>
public sealed class TemperatureCalibrator : ICalibrator
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "calibrator.temperature";

    /// <summary>Creates a calibrator.</summary>
    /// <param name="temperature">Positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public TemperatureCalibrator(double temperature)
    {
        if (!(temperature > 0) || !double.IsFinite(temperature))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), string.Create(
                CultureInfo.InvariantCulture, $"A temperature must be positive and finite. Got {temperature}. A calibrator must never reverse the order of scores."));
        }

        Temperature = temperature;
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the temperature: above 1 when the scores were too bold, below 1 when they were too timid.</summary>
    public double Temperature { get; }

    /// <inheritdoc/>
    public double Calibrate(double score) => Logistic.Probability(score / Temperature);

    /// <summary>Fits the temperature to Platt's smoothed targets.</summary>
    /// <param name="scores">n log-odds of rows that their model had not seen.</param>
    /// <param name="targets">n targets, 0 or 1.</param>
    /// <param name="weights">n weights of mean 1.</param>
    internal static TemperatureCalibrator Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        (double[] slopes, _) = LogisticCurve.Fit([scores.ToArray()], LogisticCurve.SmoothedTargets(targets, weights), weights, intercept: false);
        return new TemperatureCalibrator(1 / Math.Max(slopes[0], PlattCalibrator.LeastSlope));
    }
}
