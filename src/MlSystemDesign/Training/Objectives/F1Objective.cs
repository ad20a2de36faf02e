using MlSystemDesign.Statistics;

namespace MlSystemDesign.Training;

/// <summary>F1 at a fixed threshold: higher is better; for a decision that calls rows positive from that probability on.</summary>
/// <remarks>See <see cref="ThresholdMetrics.F1"/> for the interval and what is undefined. Does not use the weights of the set. O(n). It moves in steps, one row at a time, so that its best over many
/// rounds or candidates is partly chance.</remarks>
public sealed class F1Objective : IObjective
{
    private readonly double _threshold;

    /// <summary>Creates the objective.</summary>
    /// <param name="threshold">Rows with a prediction of at least this are called positive. Above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is out of its range.</exception>
    public F1Objective(double threshold = 0.5)
    {
        OptionRange.InLeftOpen(threshold, 0, 1, nameof(threshold), nameof(F1Objective));
        _threshold = threshold;
    }

    /// <inheritdoc/>
    public string Name => "F1";

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return ThresholdMetrics.F1(predictions, set.Targets, _threshold);
    }

    /// <summary>Always <see langword="false"/>: F1 is a ratio of sums, not a mean over rows.</summary>
    /// <inheritdoc/>
    public bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions) => false;
}
