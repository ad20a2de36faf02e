namespace MlSystemDesign;

/// <summary>Predictions, decisions and outcomes, append-only and durable.</summary>
/// <remarks>Safe for concurrent use. A record is in the ledger once <see cref="AppendAsync"/> has completed, also if the process is killed right after.</remarks>
public interface ILedger
{
    /// <summary>Gives the surrogate number of an entity; the same number every time.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    ValueTask<long> SurrogateOfAsync(EntityKey entity, CancellationToken cancellationToken = default);

    /// <summary>Appends records, in order.</summary>
    /// <param name="records">Records; one whose <see cref="LedgerRecord.Id"/> is known already is skipped.</param>
    /// <param name="cancellationToken">Stops the work before anything is written, never in the middle.</param>
    /// <returns>How many were written.</returns>
    ValueTask<int> AppendAsync(IReadOnlyCollection<LedgerRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Reads all records, oldest first.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    IAsyncEnumerable<LedgerRecord> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets which entity a surrogate stands for. Its records stay, and nobody can tell any more whose they are.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether the entity was known.</returns>
    ValueTask<bool> EraseAsync(EntityKey entity, CancellationToken cancellationToken = default);
}
