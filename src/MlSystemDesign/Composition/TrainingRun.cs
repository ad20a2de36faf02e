using MlSystemDesign.Lifecycle;
using MlSystemDesign.Training;

namespace MlSystemDesign;

/// <summary>How far a run has come.</summary>
/// <param name="Step">What is being done, in words.</param>
/// <param name="Share">The share of this step that is done, 0 to 1.</param>
public readonly record struct SystemProgress(string Step, double Share);

/// <summary>Everything that came out of one training: the system, and the evidence for it.</summary>
public sealed record TrainingRun
{
    /// <summary>Gets the trained system.</summary>
    public required TrainedSystem System { get; init; }

    /// <summary>Gets the content hash of the system.</summary>
    public required string Hash { get; init; }

    /// <summary>Gets which rows were trained on, tested on, purged and left out, and why.</summary>
    public required TemporalSplitReport Split { get; init; }

    /// <summary>Gets what the leakage guard found.</summary>
    public required LeakageReport Leakage { get; init; }

    /// <summary>Gets the model with its out-of-fold predictions and the trainer's remarks.</summary>
    public required TrainingResult Training { get; init; }

    /// <summary>Gets the evaluation on the holdout.</summary>
    public required EvaluationReport Evaluation { get; init; }
}
