using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>One data set: what is read, what is computed, for which rows, and what of it is shown.</summary>
internal sealed record Tour
{
    public required string Title { get; init; }

    public required HistoryBuilder Sources { get; init; }

    public required FeaturePlan Plan { get; init; }

    /// <summary>Gets what makes the rows: who, at which cutoffs.</summary>
    public required Func<IHistory, ObservationSet> Rows { get; init; }

    /// <summary>Gets the features of which the first rows are printed.</summary>
    public required IReadOnlyList<string> Shown { get; init; }

    /// <summary>Everyone who was known, at each cutoff.</summary>
    public static Func<IHistory, ObservationSet> EveryoneAt(params DateTimeOffset[] cutoffs) =>
        history => ObservationSet.Concat([.. cutoffs.Select(cutoff => ObservationSet.At(history.EntitiesKnownBefore(cutoff), cutoff))]);
}
