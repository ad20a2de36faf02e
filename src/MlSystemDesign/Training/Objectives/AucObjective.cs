using MlSystemDesign.Evaluation;

namespace MlSystemDesign.Training;

/// <summary>Area under the ROC curve: higher is better; looks at the order only, not at what the probabilities mean.</summary>
/// <remarks>See <see cref="RankingMetrics.AucRoc"/> for the interval and what is undefined. Uses the weights of the set. O(n log n).</remarks>
public sealed class AucObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "AUC-ROC";

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return RankingMetrics.AucRoc(predictions, set.Targets, set.Weights);
    }

    /// <summary>Always <see langword="false"/>: the AUC is a mean over pairs, not over rows.</summary>
    /// <inheritdoc/>
    public bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions) => false;
}
