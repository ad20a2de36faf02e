namespace MlSystemDesign;

/// <summary>What trainers and tuners optimise and select on: log loss, AUC, value at capacity. They never see the business case.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public interface IObjective
{
    /// <summary>Gets the name, such as "log loss".</summary>
    string Name { get; }

    /// <summary>Gets which way it improves.</summary>
    MetricDirection Direction { get; }

    /// <summary>Measures predictions on rows that the fit has not seen.</summary>
    /// <param name="predictions">n predictions, for the rows of <paramref name="set"/>.</param>
    /// <param name="set">n rows.</param>
    Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set);

    /// <summary>Gives each row's contribution, so that two models can be compared pairwise.</summary>
    /// <param name="predictions">n predictions.</param>
    /// <param name="set">n rows.</param>
    /// <param name="contributions">n places, overwritten; their (weighted) mean is the measure.</param>
    /// <returns><see langword="false"/> when the objective is not a mean over rows (AUC).</returns>
    bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions);
}
