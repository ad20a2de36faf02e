namespace MlSystemDesign.Evaluation;

/// <summary>Scores of probabilities that are best when the probabilities are true: log loss and Brier.</summary>
/// <remarks>Sums run over distinct probabilities in ascending order, so the order of the rows changes no bit. Intervals are normal, from
/// the variance of the row's
/// own losses, never clipped, and take rows as independent. O(n log n).</remarks>
public static class ProperScores
{
    /// <summary>The smallest distance from 0 and 1 that <see cref="LogLoss"/> gives a probability: a certain prediction that proves wrong
    /// costs 34.54, not infinity.</summary>
    public const double LogLossClip = 1e-15;

    /// <summary>Log loss: the mean of −log of the probability that was given to what happened.</summary>
    /// <param name="probabilities">P(outcome = 1) per row, in [0, 1]; length n. Clipped to [1e-15, 1 − 1e-15].</param>
    /// <param name="outcomes">0 or 1, in the same order; length n.</param>
    /// <param name="weights">Finite, positive; length n, or empty.</param>
    /// <param name="confidence">The nominal coverage of the interval, in (0, 1).</param>
    /// <returns>In nats, at least 0, lower is better; undefined, with the reason, when n = 0 or a probability is NaN or outside [0, 1]. No
    /// interval when n = 1 or all rows have the same loss.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Metric LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights = default, double confidence = 0.95) =>
        MeanLoss("log loss", LogLossOf, probabilities, outcomes, weights, confidence);

    /// <summary>Brier score: the mean squared gap between predicted probability and outcome.</summary>
    /// <param name="probabilities">P(outcome = 1) per row, in [0, 1]; length n.</param>
    /// <param name="outcomes">0 or 1, in the same order; length n.</param>
    /// <param name="weights">Finite, positive; length n, or empty.</param>
    /// <param name="confidence">The nominal coverage of the interval, in (0, 1).</param>
    /// <returns>In [0, 1], lower is better; undefined, with the reason, when n = 0 or a probability is NaN or outside [0, 1]. No interval
    /// when n = 1 or all rows have the same loss.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>(1/n) Σ (pᵢ − yᵢ)². Source: Brier, Monthly Weather Review 78 (1950).</remarks>
    public static Metric Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights = default, double confidence = 0.95) =>
        MeanLoss("Brier score", BrierOf, probabilities, outcomes, weights, confidence);

    /// <summary>The loss of one row: −log of the clipped probability of what happened.</summary>
    internal static double LogLossOf(double probability, bool positive)
    {
        double clipped = Math.Clamp(probability, LogLossClip, 1 - LogLossClip);
        return -Math.Log(positive ? clipped : 1 - clipped);
    }

    /// <summary>The loss of one row: its squared gap.</summary>
    internal static double BrierOf(double probability, bool positive) => positive ? (1 - probability) * (1 - probability) : probability * probability;

    private static Metric MeanLoss(
        string name,
        Func<double, bool, double> loss,
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<double> outcomes,
        ReadOnlySpan<double> weights,
        double confidence)
    {
        if (ScoreGroups.TryBuild(probabilities, outcomes, weights, probabilities: true, out ScoreGroups groups) is { } fault)
        {
            return Metric.Undefined(name, fault, probabilities.Length, MetricDirection.LowerIsBetter);
        }

        double sum = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            sum += (groups.PositiveWeights[g] * Loss(g, true)) + (groups.NegativeWeights[g] * Loss(g, false));
        }

        double mean = sum / groups.TotalWeight, spread = 0, n = groups.Rows;
        for (int g = 0; g < groups.Count; g++)
        {
            double up = Loss(g, true) - mean, down = Loss(g, false) - mean;
            spread += (groups.PositiveSquares[g] * up * up) + (groups.NegativeSquares[g] * down * down);
        }

        double error = Math.Sqrt(spread * (n / (n - 1))) / groups.TotalWeight;
        Interval? interval = error > 0 && double.IsFinite(error) ? Intervals.Wald(mean, error, confidence, "normal, per-row variance") : null;
        return Metric.Of(name, mean, groups.Rows, MetricDirection.LowerIsBetter, interval);

        double Loss(int g, bool positive) => loss(groups.Scores[g], positive);
    }
}
