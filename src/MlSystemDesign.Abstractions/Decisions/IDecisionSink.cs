namespace MlSystemDesign;

/// <summary>Hands decisions to whoever acts on them: a file, a CRM, a queue.</summary>
public interface IDecisionSink
{
    /// <summary>Delivers decisions, all or nothing.</summary>
    /// <param name="decisions">The decisions.</param>
    /// <param name="cancellationToken">Stops the work; nothing half-written stays.</param>
    ValueTask DeliverAsync(DecisionSet decisions, CancellationToken cancellationToken = default);
}
