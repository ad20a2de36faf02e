namespace MlSystemDesign;

/// <summary>What a leakage guard may look at. Absent parts make the checks that need them "not run".</summary>
public sealed record LeakageContext
{
    /// <summary>Gets the history.</summary>
    public IHistory? History { get; init; }

    /// <summary>Gets the feature builder under test; the host's own included.</summary>
    public IFeatureBuilder? Features { get; init; }

    /// <summary>Gets the frame.</summary>
    public IProblemFrame? Frame { get; init; }

    /// <summary>Gets the observations and their labels.</summary>
    public LabelledObservations? Labels { get; init; }

    /// <summary>Gets the labelled training rows with their features.</summary>
    public TrainingSet? Training { get; init; }

    /// <summary>Gets the rows that are kept from all fitting.</summary>
    public HoldoutSet? Holdout { get; init; }

    /// <summary>Gets the seed of whatever is sampled.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Gets where progress goes: the share done, 0 to 1.</summary>
    public IProgress<double>? Progress { get; init; }
}
