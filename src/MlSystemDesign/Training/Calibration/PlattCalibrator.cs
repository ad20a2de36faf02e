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

    private const int MaxIterations = 100;

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
        (double mean, double scale) = Standardization(scores, weights);
        double[] smoothed = SmoothedTargets(targets, weights);
        double[] units = new double[scores.Length];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = (scores[i] - mean) / scale;
        }

        (double slope, double intercept) = Minimize(units, smoothed, weights, fixedSlope: null);
        if (!(slope / scale >= LeastSlope))
        {
            slope = LeastSlope * scale;
            (slope, intercept) = Minimize(units, smoothed, weights, slope);
        }

        return new PlattCalibrator(slope / scale, intercept - (slope * mean / scale));
    }

    // Platt's two sums, over scores of mean 0 and deviation 1 so that Newton's system is well conditioned.
    private static (double Mean, double Scale) Standardization(ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        double total = 0, sum = 0, squares = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            total += weights[i];
            sum += weights[i] * scores[i];
        }

        double mean = sum / total;
        for (int i = 0; i < scores.Length; i++)
        {
            squares += weights[i] * (scores[i] - mean) * (scores[i] - mean);
        }

        double deviation = Math.Sqrt(squares / total);
        return (mean, deviation > 1e-12 * Math.Max(1, Math.Abs(mean)) ? deviation : 1);
    }

    private static double[] SmoothedTargets(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double positive = 0, negative = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            positive += targets[i] == 1 ? weights[i] : 0;
            negative += targets[i] == 1 ? 0 : weights[i];
        }

        double[] smoothed = new double[targets.Length];
        for (int i = 0; i < smoothed.Length; i++)
        {
            smoothed[i] = targets[i] == 1 ? (positive + 1) / (positive + 2) : 1 / (negative + 2);
        }

        return smoothed;
    }

    private static (double Slope, double Intercept) Minimize(double[] units, double[] targets, ReadOnlySpan<double> weights, double? fixedSlope)
    {
        double slope = fixedSlope ?? 0, intercept = 0;
        double loss = Loss(units, targets, weights, slope, intercept);
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double gradientA = 0, gradientB = 0, aa = 1e-12, ab = 0, bb = 1e-12;
            for (int i = 0; i < units.Length; i++)
            {
                double p = Logistic.Probability((slope * units[i]) + intercept);
                double residual = weights[i] * (p - targets[i]), curvature = weights[i] * p * (1 - p);
                gradientA += residual * units[i];
                gradientB += residual;
                aa += curvature * units[i] * units[i];
                ab += curvature * units[i];
                bb += curvature;
            }

            double determinant = (aa * bb) - (ab * ab);
            double stepA = fixedSlope is null ? ((bb * gradientA) - (ab * gradientB)) / determinant : 0;
            double stepB = fixedSlope is null ? ((aa * gradientB) - (ab * gradientA)) / determinant : gradientB / bb;
            double decrement = (gradientA * stepA) + (gradientB * stepB), share = 1;
            double next = Loss(units, targets, weights, slope - stepA, intercept - stepB);
            while (!(next <= loss) && share > 1e-10)
            {
                share /= 2;
                next = Loss(units, targets, weights, slope - (share * stepA), intercept - (share * stepB));
            }

            if (!(next <= loss))
            {
                break;
            }

            slope -= share * stepA;
            intercept -= share * stepB;
            loss = next;
            if (decrement <= 1e-14 * units.Length)
            {
                break;
            }
        }

        return (slope, intercept);
    }

    private static double Loss(double[] units, double[] targets, ReadOnlySpan<double> weights, double slope, double intercept)
    {
        double loss = 0;
        for (int i = 0; i < units.Length; i++)
        {
            double margin = (slope * units[i]) + intercept;
            loss += weights[i] * (Logistic.SoftPlus(margin) - (targets[i] * margin));
        }

        return loss;
    }
}
