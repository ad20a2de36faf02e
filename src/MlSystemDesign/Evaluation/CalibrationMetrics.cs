namespace MlSystemDesign.Evaluation;

/// <summary>Whether probabilities mean what they say: among rows given p, about a share p are positive. Weights are not used.</summary>
/// <remarks>Sums run over distinct probabilities in ascending order, so the order of the rows changes no bit. Intervals take rows as
/// independent. O(n log n).</remarks>
public static class CalibrationMetrics
{
    /// <summary>Observed positives over predicted ones: above 1, the predictions are too low.</summary>
    /// <param name="probabilities">In [0, 1]; length n.</param>
    /// <param name="outcomes">0 or 1; length n.</param>
    /// <param name="confidence">The nominal coverage of the interval, in (0, 1).</param>
    /// <returns>At least 0, 1 is best; undefined, with the reason, when n = 0, when a probability is NaN or outside [0, 1], or when all are
    /// 0. No interval when no row is positive.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>Σy / Σp; standard error √Σ(y − ratio × p)² / Σp, the variance of a ratio by the delta method.</remarks>
    public static Metric ObservedOverExpected(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> outcomes, double confidence = 0.95)
    {
        const string Name = "observed over expected";
        if (ScoreGroups.TryBuild(probabilities, outcomes, default, probabilities: true, out ScoreGroups groups) is { } fault)
        {
            return Metric.Undefined(Name, fault, probabilities.Length, MetricDirection.Descriptive);
        }

        double expected = 0, residual = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            expected += (groups.PositiveWeights[g] + groups.NegativeWeights[g]) * groups.Scores[g];
        }

        if (expected == 0)
        {
            return Metric.Undefined(Name, "every prediction is 0", groups.Rows, MetricDirection.Descriptive);
        }

        double ratio = groups.Positives / expected;
        for (int g = 0; g < groups.Count; g++)
        {
            double scaled = ratio * groups.Scores[g];
            residual += (groups.PositiveWeights[g] * (1 - scaled) * (1 - scaled)) + (groups.NegativeWeights[g] * scaled * scaled);
        }

        Interval? interval = groups.Positives > 0 ? Intervals.Wald(ratio, Math.Sqrt(residual) / expected, confidence, "normal, ratio") : null;
        return Metric.Of(Name, ratio, groups.Rows, MetricDirection.Descriptive, interval);
    }

    /// <summary>Calibration slope: the coefficient of a logistic regression of the outcome on the log-odds of the prediction. Below 1, the
    /// predictions are too extreme.</summary>
    /// <param name="probabilities">Inside (0, 1); length n.</param>
    /// <param name="outcomes">0 or 1; length n.</param>
    /// <param name="confidence">The nominal coverage of the Wald interval, in (0, 1).</param>
    /// <returns>1 is best; undefined, with the reason, when n = 0, one class occurs, a probability is NaN, outside [0, 1], or exactly 0 or
    /// 1 (no log-odds), all
    /// are equal, or the outcomes are perfectly separated.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>Source: Cox, Biometrika 45 (1958); Van Calster et al., BMC Medicine 17 (2019).</remarks>
    public static Metric Slope(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> outcomes, double confidence = 0.95)
    {
        const string Name = "calibration slope";
        string? fault = ScoreGroups.TryBuild(probabilities, outcomes, default, probabilities: true, out ScoreGroups groups) ?? RankingMetrics.OneClass(groups);
        if (fault is null)
        {
            fault = groups.Scores[0] == 0 || groups.Scores[^1] == 1 ? "a prediction of exactly 0 or 1 has no log-odds" : groups.Count == 1 ? "all predictions are equal" : null;
        }

        if (fault is not null)
        {
            return Metric.Undefined(Name, fault, probabilities.Length, MetricDirection.Descriptive);
        }

        return FitSlope(groups) is var (slope, error)
            ? Metric.Of(Name, slope, groups.Rows, MetricDirection.Descriptive, Intervals.Wald(slope, error, confidence, "Wald"))
            : Metric.Undefined(Name, "the logistic fit does not converge: the predictions separate the outcomes, or nearly so", groups.Rows, MetricDirection.Descriptive);
    }

    /// <summary>The reliability curve: bins of near equal mass by rising prediction, each with its mean prediction and its observed share
    /// of positives.</summary>
    /// <param name="probabilities">In [0, 1]; length n.</param>
    /// <param name="outcomes">0 or 1; length n.</param>
    /// <param name="bins">How many bins at most; at least 1. Equal predictions are never split, so there may be fewer.</param>
    /// <param name="confidence">The nominal coverage of the Wilson intervals, in (0, 1).</param>
    /// <returns>The bins, ascending; empty when n = 0 or a probability is NaN or outside [0, 1].</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static IReadOnlyList<ReliabilityBin> Reliability(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> outcomes, int bins = 10, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (ScoreGroups.TryBuild(probabilities, outcomes, default, probabilities: true, out ScoreGroups groups) is not null)
        {
            return [];
        }

        List<ReliabilityBin> curve = [];
        double predicted = 0;
        long rows = 0, positives = 0, seen = 0, edge = 1;
        for (int g = 0; g < groups.Count; g++)
        {
            int count = groups.PositiveCounts[g] + groups.NegativeCounts[g];
            (rows, positives, seen, predicted) = (rows + count, positives + groups.PositiveCounts[g], seen + count, predicted + (count * groups.Scores[g]));
            if (seen * bins >= edge * groups.Rows || g == groups.Count - 1)
            {
                Metric observed = Metric.Of(
                    "observed share", (double)positives / rows, (int)rows, MetricDirection.Descriptive, Intervals.Wilson(positives, rows, confidence), "share");
                curve.Add(new ReliabilityBin(predicted / rows, observed));
                (rows, positives, predicted) = (0, 0, 0);
                edge = (seen * bins / groups.Rows) + 1; // one large tie may fill several bins
            }
        }

        return curve;
    }

    // Newton's method on (intercept, slope); the likelihood is concave, and the start at (0, 1) is the model's own claim.
    private static (double Slope, double Error)? FitSlope(ScoreGroups groups)
    {
        double intercept = 0, slope = 1;
        for (int iteration = 0; iteration < 50; iteration++)
        {
            double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
            for (int g = 0; g < groups.Count; g++)
            {
                double x = Math.Log(groups.Scores[g] / (1 - groups.Scores[g])), n = groups.PositiveWeights[g] + groups.NegativeWeights[g];
                double p = 1 / (1 + Math.Exp(-(intercept + (slope * x)))), residual = groups.PositiveWeights[g] - (n * p), weight = n * p * (1 - p);
                (g0, g1, h00, h01, h11) = (g0 + residual, g1 + (residual * x), h00 + weight, h01 + (weight * x), h11 + (weight * x * x));
            }

            double determinant = (h00 * h11) - (h01 * h01);
            double stepIntercept = ((h11 * g0) - (h01 * g1)) / determinant, stepSlope = ((h00 * g1) - (h01 * g0)) / determinant;
            (intercept, slope) = (intercept + stepIntercept, slope + stepSlope);
            if (!double.IsFinite(slope) || Math.Abs(slope) > 1e4)
            {
                return null;
            }

            if (Math.Abs(stepSlope) <= 1e-12 * Math.Max(1, Math.Abs(slope)) && Math.Abs(stepIntercept) <= 1e-12 * Math.Max(1, Math.Abs(intercept)))
            {
                return (slope, Math.Sqrt(h00 / determinant));
            }
        }

        return null;
    }
}
