namespace MlSystemDesign.Training;

/// <summary>Fills per-row contributions, with the checks that every objective needs.</summary>
internal static class RowContributions
{
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
