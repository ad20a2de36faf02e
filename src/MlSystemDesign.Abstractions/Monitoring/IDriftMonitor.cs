namespace MlSystemDesign;

/// <summary>What a monitor keeps of the reference rows; part of the artifact, without the rows themselves.</summary>
public interface IDriftReference : IArtifactPart
{
    /// <summary>Gets the number of reference rows.</summary>
    int Count { get; }
}

/// <summary>What a monitor compares.</summary>
public sealed record DriftContext
{
    /// <summary>Gets what was kept of the reference rows.</summary>
    public required IDriftReference Reference { get; init; }

    /// <summary>Gets the current rows.</summary>
    public required FeatureTable Current { get; init; }

    /// <summary>Gets the model's predictions for the current rows; empty when the score is not watched.</summary>
    public ReadOnlyMemory<double> Predictions { get; init; }
}

/// <summary>Tells whether the world has moved since training. Step 6.</summary>
/// <remarks>Safe for concurrent use; never mutates its arguments. An empty or dead feed is not computable, never stable.</remarks>
public interface IDriftMonitor
{
    /// <summary>Keeps what is needed of the reference rows.</summary>
    /// <param name="reference">The rows that the model was trained on, or a later quiet period.</param>
    /// <param name="predictions">The model's out-of-fold predictions for them; empty when the score is not watched.</param>
    IDriftReference Summarize(FeatureTable reference, ReadOnlySpan<double> predictions = default);

    /// <summary>Compares current rows with the reference.</summary>
    /// <param name="context">Reference and current rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    ValueTask<DriftReport> CompareAsync(DriftContext context, CancellationToken cancellationToken = default);
}
