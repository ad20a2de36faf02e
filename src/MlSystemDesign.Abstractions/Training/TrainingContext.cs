namespace MlSystemDesign;

/// <summary>How far a training has come.</summary>
/// <param name="Stage">What is being done, in words.</param>
/// <param name="Share">The share done, 0 to 1.</param>
public readonly record struct TrainingProgress(string Stage, double Share);

/// <summary>What a trainer may use besides the rows.</summary>
public sealed record TrainingContext
{
    /// <summary>Gets what is optimised and selected on.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>Gets the seed of everything random. Equal rows and seed give an equal model.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Gets the number of folds, by entity, for out-of-fold predictions. At least 2; 5 by default.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Gets how many threads may work. At least 1. The result does not depend on it.</summary>
    public int DegreeOfParallelism { get; init; } = 1;

    /// <summary>Gets where progress goes.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }
}
