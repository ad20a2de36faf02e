using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Beta calibration: log-odds = a·ln s − b·ln(1 − s) + c, where s = 1 / (1 + exp(−score)).</summary>
/// <remarks>
/// Three numbers: bends the two ends apart, where Platt scaling has one slope for both; a = b is Platt scaling of log-odds. a and b are never
/// negative, so that the order of scores stays. Source: Kull, Silva Filho and Flach, "Beta calibration", AISTATS 2017.
/// </remarks>
public sealed class BetaCalibrator : ICalibrator
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "calibrator.beta";

    /// <summary>Creates a calibrator.</summary>
    /// <param name="a">How steep the curve is at low scores. At least 0, finite.</param>
    /// <param name="b">How steep it is at high scores. At least 0, finite; a and b are not both 0.</param>
    /// <param name="c">The intercept on the log-odds scale. Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public BetaCalibrator(double a, double b, double c)
    {
        if (!(a >= 0) || !(b >= 0) || !(a + b > 0) || !double.IsFinite(a + b) || !double.IsFinite(c))
        {
            throw new ArgumentOutOfRangeException(nameof(a), string.Create(
                CultureInfo.InvariantCulture,
                $"a and b of a beta calibrator must be at least 0, not both 0, and finite, c finite. Got a {a}, b {b} and c {c}. A calibrator must never reverse the order of scores."));
        }

        A = a;
        B = b;
        C = c;
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets how steep the curve is at low scores.</summary>
    public double A { get; }

    /// <summary>Gets how steep the curve is at high scores.</summary>
    public double B { get; }

    /// <summary>Gets the intercept on the log-odds scale.</summary>
    public double C { get; }

    /// <inheritdoc/>
    public double Calibrate(double score) => Logistic.Probability(Term(A, LogOf(score)) + Term(B, LogOfRest(score)) + C);

    /// <summary>Fits the curve to Platt's smoothed targets.</summary>
    /// <param name="scores">n log-odds of rows that their model had not seen.</param>
    /// <param name="targets">n targets, 0 or 1.</param>
    /// <param name="weights">n weights of mean 1.</param>
    internal static BetaCalibrator Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double[] smoothed = LogisticCurve.SmoothedTargets(targets, weights);
        double[] low = Array.ConvertAll(scores.ToArray(), LogOf), high = Array.ConvertAll(scores.ToArray(), LogOfRest);

        // The loss is convex: its least point under a, b ≥ 0 is the free one, or that of an edge where one of them is 0.
        (double[] both, double c) = LogisticCurve.Fit([low, high], smoothed, weights);
        if (both[0] >= 0 && both[1] >= 0 && both[0] + both[1] >= PlattCalibrator.LeastSlope)
        {
            return new BetaCalibrator(both[0], both[1], c);
        }

        (double[] a, double cOfA) = LogisticCurve.Fit([low], smoothed, weights);
        (double[] b, double cOfB) = LogisticCurve.Fit([high], smoothed, weights);
        double lossOfA = a[0] >= PlattCalibrator.LeastSlope ? LogisticCurve.Loss([low], a, smoothed, weights, [], cOfA) : double.PositiveInfinity;
        double lossOfB = b[0] >= PlattCalibrator.LeastSlope ? LogisticCurve.Loss([high], b, smoothed, weights, [], cOfB) : double.PositiveInfinity;
        if (double.IsInfinity(lossOfA) && double.IsInfinity(lossOfB))
        {
            PlattCalibrator flat = PlattCalibrator.Flat(scores, smoothed, weights);
            return new BetaCalibrator(flat.Slope, flat.Slope, flat.Intercept);
        }

        return lossOfA <= lossOfB ? new BetaCalibrator(a[0], 0, cOfA) : new BetaCalibrator(0, b[0], cOfB);
    }

    // ln s and −ln(1 − s) from the log-odds: exact where s itself would round to 0 or 1.
    private static double LogOf(double score) => -Logistic.SoftPlus(-score);

    private static double LogOfRest(double score) => Logistic.SoftPlus(score);

    // An end that is not bent has no say, not even where the logarithm is infinite.
    private static double Term(double slope, double value) => slope == 0 && !double.IsNaN(value) ? 0 : slope * value;
}
