namespace MlSystemDesign.Training;

/// <summary>A proper loss per row, for when the objective has none: log loss for a probability, squared error for a value.</summary>
internal static class RowLoss
{
    private const double LeastProbability = 1e-15;

    internal static string NameFor(TargetKind kind) => kind == TargetKind.Probability ? "log loss" : "squared error";

    internal static void Fill(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> losses)
    {
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = set.TargetKind == TargetKind.Value
                ? (predictions[i] - set.Targets[i]) * (predictions[i] - set.Targets[i])
                : -Math.Log(Math.Max(set.Targets[i] == 1 ? predictions[i] : 1 - predictions[i], LeastProbability));
        }
    }

    /// <summary>The weighted mean over the rows.</summary>
    internal static double Mean(ReadOnlySpan<double> predictions, LabelledSet set)
    {
        double[] losses = new double[set.Count], weights = TrainingRows.NormalizedWeights(set);
        Fill(predictions, set, losses);
        double sum = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            sum += weights[i] * losses[i];
        }

        return sum / losses.Length;
    }
}
