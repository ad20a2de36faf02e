using MlSystemDesign.Statistics;

namespace MlSystemDesign.Training;

/// <summary>Fills per-row contributions, with the checks that every objective needs, and takes their mean.</summary>
internal static class RowContributions
{
    private const double Confidence = 0.95;

    internal static bool Fill(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions, Func<double, bool, double> loss)
    {
        RequireLengths(predictions, set, contributions);
        if (set.TargetKind != TargetKind.Probability)
        {
            return false;
        }

        for (int i = 0; i < predictions.Length; i++)
        {
            if (!(predictions[i] is >= 0 and <= 1))
            {
                return false;
            }

            contributions[i] = loss(predictions[i], set.Targets[i] == 1);
        }

        return predictions.Length > 0;
    }

    /// <summary>The weighted mean, summed in the order of contribution and weight, so that the order of the rows changes no bit, with a normal interval at 95 %.</summary>
    /// <param name="contributions">One per row, at least one.</param>
    /// <param name="weights">One per row, or empty.</param>
    /// <returns>No interval for one row, where all contribute the same, or where it is not finite.</returns>
    internal static (double Mean, Interval? Interval) Mean(ReadOnlySpan<double> contributions, ReadOnlySpan<double> weights)
    {
        (double Value, double Weight)[] rows = new (double, double)[contributions.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (contributions[i], weights.IsEmpty ? 1 : weights[i]);
        }

        Array.Sort(rows);
        double total = 0, mean = 0, spread = 0;
        foreach ((_, double weight) in rows)
        {
            total += weight;
        }

        // By shares: a weight times a value may leave the range where their mean does not.
        foreach ((double value, double weight) in rows)
        {
            mean += weight / total * value;
        }

        foreach ((double value, double weight) in rows)
        {
            double share = weight / total;
            spread += share * (value - mean) * share * (value - mean);
        }

        double error = Math.Sqrt(spread * rows.Length / (rows.Length - 1.0));
        return (mean, error > 0 && double.IsFinite(error) ? Intervals.Wald(mean, error, Confidence, "normal, per-row variance") : null);
    }

    internal static void RequireLengths(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (predictions.Length != set.Count || contributions.Length != set.Count)
        {
            throw new ArgumentException(
                $"Predictions and contributions must have one place per row ({set.Count}). Got {predictions.Length} and {contributions.Length}. Pass spans of that length.");
        }
    }
}
