using MlSystemDesign.Evaluation;

namespace MlSystemDesign.Training;

/// <summary>Log loss: lower is better; the usual choice, because only true probabilities minimise it.</summary>
/// <remarks>See <see cref="ProperScores.LogLoss"/> for clip, interval and what is undefined. Uses the weights of the set. O(n log n).</remarks>
public sealed class LogLossObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "log loss";

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return ProperScores.LogLoss(predictions, set.Targets, set.Weights);
    }

    /// <inheritdoc/>
    public bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions) =>
        RowContributions.Fill(predictions, set, contributions, ProperScores.LogLossOf);
}
