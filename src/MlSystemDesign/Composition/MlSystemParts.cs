namespace MlSystemDesign;

/// <summary>The parts of a system. Each is an interface with a built-in implementation; any one can be the host's own.</summary>
public sealed record MlSystemParts
{
    /// <summary>Gets the business case. Step 1.</summary>
    public required BusinessCase Case { get; init; }

    /// <summary>Gets the frame. Step 2.</summary>
    public required IProblemFrame Frame { get; init; }

    /// <summary>Gets the feature builder. Step 3.</summary>
    public required IFeatureBuilder Features { get; init; }

    /// <summary>Gets the leakage guard. Step 3.</summary>
    public required ILeakageGuard Guard { get; init; }

    /// <summary>Gets the trainer. Step 4.</summary>
    public required IModelTrainer Trainer { get; init; }

    /// <summary>Gets what the trainer optimises and selects on.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>Gets the evaluator. Step 5.</summary>
    public required IEvaluator Evaluator { get; init; }

    /// <summary>Gets the decision policy. Step 6.</summary>
    public required IDecisionPolicy Policy { get; init; }

    /// <summary>Gets the drift monitor. Step 6.</summary>
    public required IDriftMonitor Monitor { get; init; }

    /// <summary>Gets the ledger of predictions, decisions and outcomes.</summary>
    public required ILedger Ledger { get; init; }
}
