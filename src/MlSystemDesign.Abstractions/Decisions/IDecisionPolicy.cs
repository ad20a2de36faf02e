namespace MlSystemDesign;

/// <summary>Decides who gets which action, within budget, capacity and eligibility. Step 6.</summary>
/// <remarks>Safe for concurrent use; never mutates its arguments. Equal inputs give equal decisions, whatever the order of the candidates.</remarks>
public interface IDecisionPolicy : IArtifactPart
{
    /// <summary>Decides.</summary>
    /// <param name="context">Case, candidates and probabilities.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PlanException">The case does not fit the candidates or the lead time; every fault is named.</exception>
    ValueTask<DecisionSet> DecideAsync(DecisionContext context, CancellationToken cancellationToken = default);
}
