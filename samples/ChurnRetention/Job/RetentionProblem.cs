using ChurnRetention.Simulation;
using MlSystemDesign;
using MlSystemDesign.Explanation;
using MlSystemDesign.Features;

namespace ChurnRetention.Job;

/// <summary>What the job needs of a business: its events, its case, its frame and its features.</summary>
internal sealed record RetentionProblem
{
    public required string Title { get; init; }

    public required IHistory History { get; init; }

    public required BusinessCase Case { get; init; }

    public required IProblemFrame Frame { get; init; }

    public required FeaturePlan Plan { get; init; }

    /// <summary>Gets what the features are called by those who know the business.</summary>
    public required ReasonTemplates Words { get; init; }

    /// <summary>Gets the feature that the recency rule ranks by: days of silence.</summary>
    public required string RecencyColumn { get; init; }

    /// <summary>Gets the instant of the decision.</summary>
    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<string> DataRemarks { get; init; }

    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>Gets the truth of a simulated business; <see langword="null"/> for real data.</summary>
    public Truth? Truth { get; init; }
}
