namespace MlSystemDesign;

/// <summary>Says how good predictions are and what they are worth. Step 5.</summary>
/// <remarks>Safe for concurrent use; never mutates its arguments. One class, an empty set or zero variance give undefined metrics with the reason, not exceptions.</remarks>
public interface IEvaluator
{
    /// <summary>Evaluates predictions on rows kept from all fitting.</summary>
    /// <param name="context">Rows, predictions, case and policy.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    ValueTask<EvaluationReport> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken = default);
}
