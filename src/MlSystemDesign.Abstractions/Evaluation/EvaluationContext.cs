namespace MlSystemDesign;

/// <summary>What an evaluator may look at.</summary>
public sealed record EvaluationContext
{
    /// <summary>Gets the rows kept from all fitting.</summary>
    public required HoldoutSet Holdout { get; init; }

    /// <summary>Gets the model's predictions for them, in row order.</summary>
    public required ReadOnlyMemory<double> Predictions { get; init; }

    /// <summary>Gets the business case; without it nothing is said in money.</summary>
    public BusinessCase? Case { get; init; }

    /// <summary>Gets the policy whose decisions are valued on the holdout; without it value at capacity and budget is "not run".</summary>
    public IDecisionPolicy? Policy { get; init; }

    /// <summary>Gets the frame's lead time: the time within which an action must reach its entity.</summary>
    public TimeSpan LeadTime { get; init; }

    /// <summary>Gets the probability from which a row is called positive, for precision, recall and F1. <see langword="null"/> takes the share of positives.</summary>
    public double? Threshold { get; init; }

    /// <summary>Gets the nominal coverage of intervals, in (0, 1). 0.95 by default.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets the seed of resampling.</summary>
    public int Seed { get; init; } = 1;
}
