using MlSystemDesign.Evaluation;

namespace MlSystemDesign.Training;

/// <summary>Brier score: lower is better; like log loss a proper score, but a certain error costs at most 1.</summary>
/// <remarks>See <see cref="ProperScores.Brier"/> for the interval and what is undefined. Uses the weights of the set. O(n log n).</remarks>
public sealed class BrierObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "Brier score";

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return ProperScores.Brier(predictions, set.Targets, set.Weights);
    }

    /// <inheritdoc/>
    public bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions) =>
        RowContributions.Fill(predictions, set, contributions, ProperScores.BrierOf);
}
