using MlSystemDesign.Explanation;

namespace MlSystemDesign.Reporting;

/// <summary>What a decision report tells. Only the title and the case must be given; whatever is absent is reported as absent, never guessed.</summary>
/// <remarks>Immutable. All money must be in the currency of the case's KPI.</remarks>
public sealed record DecisionReportContent
{
    /// <summary>Gets the title, such as "Who to contact this week".</summary>
    public required string Title { get; init; }

    /// <summary>Gets the business case.</summary>
    public required BusinessCase Case { get; init; }

    /// <summary>Gets what the entities are called in sentences, in the plural. "customers" by default.</summary>
    public string EntityName { get; init; } = "customers";

    /// <summary>Gets when the report was made. Given by the host, never read from a clock; absent by default, so that equal content gives equal bytes.</summary>
    public DateTimeOffset? GeneratedAt { get; init; }

    /// <summary>Gets what was predicted, and how far ahead.</summary>
    public FrameDescription? Frame { get; init; }

    /// <summary>Gets the decisions.</summary>
    public DecisionSet? Decisions { get; init; }

    /// <summary>Gets the plans that this one is compared with, in the order of the table. This plan is added in front when none of them says that it is this plan.</summary>
    public IReadOnlyList<PlanAlternative> Alternatives { get; init; } = [];

    /// <summary>Gets how good the predictions are.</summary>
    public EvaluationReport? Evaluation { get; init; }

    /// <summary>Gets what moves the predictions in general.</summary>
    public GlobalExplanation? Explanation { get; init; }

    /// <summary>Gets what the features are called; their own names when absent.</summary>
    public ReasonTemplates? Words { get; init; }

    /// <summary>Gets whether the model reasons otherwise than before (<see cref="AttributionDrift"/>); absent where there is nothing to compare with.</summary>
    public DriftReport? ReasonDrift { get; init; }

    /// <summary>Gets what the leakage guard found.</summary>
    public LeakageReport? Leakage { get; init; }

    /// <summary>Gets what the drift monitor found.</summary>
    public DriftReport? Drift { get; init; }

    /// <summary>Gets the model.</summary>
    public TrainedModel? Model { get; init; }

    /// <summary>Gets remarks on the training: which candidates were compared, which could not run.</summary>
    public IReadOnlyList<string> TrainingRemarks { get; init; } = [];

    /// <summary>Gets remarks on the data: rows read and refused, periods of training and test, rows purged.</summary>
    public IReadOnlyList<string> DataRemarks { get; init; } = [];

    /// <summary>Gets limits that the reader must know, besides those that follow from the rest of the content.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>Gets the content hash of the trained system; empty when unknown. The KPI's hash comes from the case.</summary>
    public string SystemHash { get; init; } = string.Empty;

    /// <summary>Gets the content hash of the decision policy; empty when unknown.</summary>
    public string PolicyHash { get; init; } = string.Empty;
}

/// <summary>What was predicted, and how far ahead.</summary>
/// <param name="Name">The frame's name, such as "churn 90 d".</param>
/// <param name="Horizon">The length of the label window.</param>
/// <param name="LeadTime">The time to act between the cutoff and the label window.</param>
public sealed record FrameDescription(string Name, TimeSpan Horizon, TimeSpan LeadTime)
{
    /// <summary>Describes a frame.</summary>
    /// <param name="frame">The frame.</param>
    public static FrameDescription Of(IProblemFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return new FrameDescription(frame.Name, frame.Horizon, frame.LeadTime);
    }
}
