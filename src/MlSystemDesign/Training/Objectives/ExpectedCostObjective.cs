using MlSystemDesign.Statistics;

namespace MlSystemDesign.Training;

/// <summary>What decisions by the least expected cost of each row cost on average, judged by what happened: lower is better. For sets that carry their costs.</summary>
/// <remarks>See <see cref="CostMatrix.FavoursActing"/>. Uses the weights of the set. Rows around their break-even jump from one cost to another, so that its best over many rounds or candidates is partly chance.
/// O(n log n).</remarks>
public sealed class ExpectedCostObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "cost per row";

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    /// <returns>Money per row, in the currency of the set's costs; undefined, with the reason, when the set is empty or has no costs, its targets are not yes/no, or a prediction is no probability.</returns>
    public Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set)
    {
        double[] contributions = new double[predictions.Length];
        if (Contribute(predictions, set, contributions) is { } fault)
        {
            return Metric.Undefined(Name, fault, set.Count, Direction);
        }

        return Metric.Of(Name, RowContributions.Mean(contributions, set.Weights).Mean, set.Count, Direction, unit: set.Costs!.Currency.Code);
    }

    /// <inheritdoc/>
    /// <returns><see langword="false"/> only when <see cref="Measure"/> is undefined.</returns>
    public bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions) => Contribute(predictions, set, contributions) is null;

    // Returns why it cannot be done, in words, or null.
    private static string? Contribute(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions)
    {
        RowContributions.RequireLengths(predictions, set, contributions);
        if (set.TargetKind != TargetKind.Probability || set.Costs is null)
        {
            return set.Costs is null ? "the set says nothing of what decisions cost" : "the targets are values, not yes/no outcomes";
        }

        if (ScoreGroups.FaultOf(predictions, set.Targets, set.Weights, probabilities: true) is { } fault)
        {
            return fault;
        }

        for (int i = 0; i < contributions.Length; i++)
        {
            contributions[i] = set.Costs.CostOf(i, set.Costs.FavoursActing(i, predictions[i]), set.Targets[i] == 1);
        }

        return null;
    }
}
