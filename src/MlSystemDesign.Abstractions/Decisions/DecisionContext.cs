namespace MlSystemDesign;

/// <summary>What a decision policy may look at.</summary>
public sealed record DecisionContext
{
    /// <summary>Gets the business case.</summary>
    public required BusinessCase Case { get; init; }

    /// <summary>Gets the candidates: n rows, each with a cutoff, with the columns that value and eligibility rules need.</summary>
    public required FeatureTable Candidates { get; init; }

    /// <summary>Gets the probability of the outcome of each candidate.</summary>
    public required ReadOnlyMemory<double> Probabilities { get; init; }

    /// <summary>Gets the frame's lead time: an action must reach its entity before cutoff + lead time.</summary>
    public required TimeSpan LeadTime { get; init; }

    /// <summary>Gets the relative standard error of the probabilities of a picked list, from the evaluation (observed over predicted). Zero when unknown.</summary>
    public double CalibrationError { get; init; }

    /// <summary>Gets the nominal coverage of intervals, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;
}
