using System.Globalization;

namespace MlSystemDesign.Features;

/// <summary>How much of a window the source has observed, over the rows of an observation set.</summary>
public sealed record ObservedWindow
{
    /// <summary>Gets the source.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the span that the source has observed.</summary>
    public required TimeWindow Observed { get; init; }

    /// <summary>Gets the window: of a fixed length or a calendar one.</summary>
    public required FeatureWindow Window { get; init; }

    /// <summary>Gets the names of the features that look at it, in the order of the plan.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Gets the number of rows; from 1.</summary>
    public required int RowCount { get; init; }

    /// <summary>Gets the number of rows whose window starts before the source observed anything.</summary>
    public required int StartsTooEarly { get; init; }

    /// <summary>Gets the number of rows whose window ends after the source was observed last.</summary>
    public required int EndsTooLate { get; init; }

    /// <summary>Gets the number of rows whose window the source has observed from start to end.</summary>
    public required int FullyObserved { get; init; }

    /// <summary>Gets the smallest share of the window that was observed, 0 to 1.</summary>
    public required double SmallestCoverage { get; init; }

    /// <summary>Gets the mean share of the window that was observed, 0 to 1.</summary>
    public required double MeanCoverage { get; init; }

    /// <summary>Gets the share of rows whose window the source has observed from start to end, 0 to 1.</summary>
    public double FullyObservedShare => (double)FullyObserved / RowCount;

    /// <summary>Gets what must hold, what came and what to do when a window reaches outside the observed span; <see langword="null"/> when none does.</summary>
    public string? Fault => FullyObserved == RowCount
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"A window must lie in what its source has observed, or silence and a gap in the data look the same. Got {Window} of '{Source}', observed {Observed}: {RowCount - FullyObserved} of {RowCount} rows reach outside, with coverage down to {SmallestCoverage:0.####} ({FeaturePlanFaults.List(Features)}). {Remedy}");

    private string Remedy => (StartsTooEarly, EndsTooLate) switch
    {
        ( > 0, > 0) => "Take cutoffs whose windows lie inside, or add Coverage() so that a model can tell.",
        (_, > 0) => "Take earlier cutoffs, bring the data up to date, or declare ObservedUntil.",
        _ => "Take later cutoffs or a shorter window, declare ObservedFrom, or add Coverage() so that a model can tell.",
    };
}
