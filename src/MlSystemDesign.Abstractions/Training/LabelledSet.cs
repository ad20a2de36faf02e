using System.Globalization;

namespace MlSystemDesign;

/// <summary>Features with targets, and what goes with them: weights, groups, what each outcome is worth, what decisions cost. The base of the three kinds of sets.</summary>
/// <remarks>Immutable. Which kind a set is decides what may be done with it: only a <see cref="TrainingSet"/> can be fitted to.</remarks>
public abstract class LabelledSet
{
    private readonly double[] _targets;
    private readonly double[] _weights;

    private protected LabelledSet(FeatureTable features, ReadOnlySpan<double> targets, TargetKind targetKind, ReadOnlySpan<double> weights, MoneyColumn? values, CostMatrix? costs)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (targets.Length != features.RowCount || (!weights.IsEmpty && weights.Length != targets.Length) || (values is not null && values.Count != targets.Length) || (costs is not null && costs.Count != targets.Length))
        {
            throw new ArgumentException(
                $"Targets, weights, values and costs must have one entry per row ({features.RowCount}). Got {targets.Length} targets, {weights.Length} weights, {values?.Count ?? 0} values and {costs?.Count ?? 0} costs. Pass as many, or none.");
        }

        for (int i = 0; i < targets.Length; i++)
        {
            bool valid = targetKind == TargetKind.Probability ? targets[i] is 0 or 1 : double.IsFinite(targets[i]);
            if (!valid)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"A target must be {(targetKind == TargetKind.Probability ? "0 or 1" : "finite")}. Got {targets[i]} in row {i + 1}. Leave rows without a mature label out."));
            }
        }

        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
            if (!(weight > 0) || double.IsInfinity(weight))
            {
                throw new ArgumentException($"A weight must be finite and above zero. Got {weight.ToString(CultureInfo.InvariantCulture)}. Leave the row out instead of weighting it with zero.");
            }
        }

        if (double.IsInfinity(total))
        {
            throw new ArgumentException("The weights must have a finite sum. Got one beyond the largest double. Divide them by their largest: only their ratios count.");
        }

        Features = features;
        TargetKind = targetKind;
        Values = values;
        Costs = costs;
        _targets = targets.ToArray();
        _weights = weights.ToArray();
    }

    /// <summary>Gets the features, n rows. The entity of a row is its group: rows of one entity never stand on both sides of a fold.</summary>
    public FeatureTable Features { get; }

    /// <summary>Gets n targets: 0 or 1 for a probability, any finite number for a value.</summary>
    public ReadOnlySpan<double> Targets => _targets;

    /// <summary>Gets n weights, finite and positive, of finite sum; empty when all rows weigh the same.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Gets what the outcome of each row is worth; <see langword="null"/> when no case was given.</summary>
    public MoneyColumn? Values { get; }

    /// <summary>Gets what acting on a row, or not, costs for either outcome; <see langword="null"/> when nothing is known of that.</summary>
    public CostMatrix? Costs { get; }

    /// <summary>Gets what the targets are.</summary>
    public TargetKind TargetKind { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Count => _targets.Length;

    /// <summary>Gets the number of rows whose target is 1; meaningful for probabilities.</summary>
    public int PositiveCount => _targets.Count(t => t == 1);

    private protected (FeatureTable Features, double[] Targets, double[] Weights, MoneyColumn? Values, CostMatrix? Costs) Pick(ReadOnlySpan<int> rows)
    {
        double[] targets = new double[rows.Length], weights = new double[_weights.Length == 0 ? 0 : rows.Length], amounts = new double[Values is null ? 0 : rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            targets[i] = _targets[rows[i]];
            if (weights.Length > 0)
            {
                weights[i] = _weights[rows[i]];
            }

            if (Values is not null)
            {
                amounts[i] = Values.Amounts.Span[rows[i]];
            }
        }

        return (Features.SelectRows(rows), targets, weights, Values is null ? null : new MoneyColumn(amounts, Values.Currency), Costs?.Select(rows));
    }
}
