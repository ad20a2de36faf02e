using System.Runtime.CompilerServices;

namespace MlSystemDesign.Lifecycle;

/// <summary>A ledger that lives as long as the process: for tests, trials and replays. Nothing is durable.</summary>
/// <remarks>Safe for concurrent use. It refuses what <see cref="FileLedger"/> refuses.</remarks>
public sealed class InMemoryLedger : ILedger
{
    private readonly Lock _lock = new();
    private readonly List<LedgerRecord> _records = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<EntityKey, long> _entities = [];
    private long _next = 1;

    /// <inheritdoc/>
    public ValueTask<long> SurrogateOfAsync(EntityKey entity, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_entities.TryGetValue(entity, out long number))
            {
                _entities.Add(entity, number = _next++);
            }

            return ValueTask.FromResult(number);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> AppendAsync(IReadOnlyCollection<LedgerRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (LedgerRecord record in records)
        {
            LedgerRecordMapper.ToLine(record);
        }

        lock (_lock)
        {
            int before = _records.Count;
            _records.AddRange(records.Where(r => _ids.Add(r.Id)));
            return ValueTask.FromResult(_records.Count - before);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        LedgerRecord[] records;
        lock (_lock)
        {
            records = [.. _records];
        }

        foreach (LedgerRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await ValueTask.FromResult(record).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> EraseAsync(EntityKey entity, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_entities.Remove(entity));
        }
    }
}
