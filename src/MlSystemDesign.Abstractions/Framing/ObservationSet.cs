using System.Collections;

namespace MlSystemDesign;

/// <summary>The rows of a table: observations in a fixed order.</summary>
/// <remarks>Immutable. The cohort drives the rows: an entity without events is a row, not a gap.</remarks>
public sealed class ObservationSet : IReadOnlyList<Observation>
{
    private readonly EntityKey[] _entities;
    private readonly long[]? _cutoffTicks;

    private ObservationSet(EntityKey[] entities, long[]? cutoffTicks)
    {
        _entities = entities;
        _cutoffTicks = cutoffTicks;
    }

    /// <summary>Gets no rows.</summary>
    public static ObservationSet Empty { get; } = new([], []);

    /// <summary>Gets the number of rows.</summary>
    public int Count => _entities.Length;

    /// <summary>Gets the entities, one per row.</summary>
    public ReadOnlySpan<EntityKey> Entities => _entities;

    /// <summary>Gets the cutoffs in UTC ticks, one per row; empty when the rows have no time.</summary>
    public ReadOnlySpan<long> CutoffTicks => _cutoffTicks;

    /// <summary>Gets a value indicating whether every row has a cutoff.</summary>
    public bool HasCutoffs => _cutoffTicks is not null;

    /// <summary>Gets one row.</summary>
    /// <param name="index">From 0.</param>
    public Observation this[int index] =>
        new(_entities[index], _cutoffTicks is null ? null : new DateTimeOffset(_cutoffTicks[index], TimeSpan.Zero));

    /// <summary>Creates rows of many entities at one cutoff.</summary>
    /// <param name="entities">The entities, in row order.</param>
    /// <param name="cutoff">Their cutoff.</param>
    public static ObservationSet At(IEnumerable<EntityKey> entities, DateTimeOffset cutoff)
    {
        EntityKey[] keys = [.. entities];
        long[] ticks = new long[keys.Length];
        Array.Fill(ticks, cutoff.UtcTicks);
        return new ObservationSet(keys, ticks);
    }

    /// <summary>Creates rows from entities and cutoffs.</summary>
    /// <param name="entities">n entities.</param>
    /// <param name="cutoffTicks">n cutoffs in UTC ticks.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ObservationSet Of(ReadOnlySpan<EntityKey> entities, ReadOnlySpan<long> cutoffTicks) => entities.Length == cutoffTicks.Length
        ? new ObservationSet(entities.ToArray(), cutoffTicks.ToArray())
        : throw new ArgumentException($"Each row must have an entity and a cutoff. Got {entities.Length} entities and {cutoffTicks.Length} cutoffs. Pass arrays of one length.");

    /// <summary>Creates rows from observations that all have a cutoff.</summary>
    /// <param name="observations">The rows.</param>
    public static ObservationSet Of(IEnumerable<Observation> observations)
    {
        Observation[] rows = [.. observations];
        return new ObservationSet(
            [.. rows.Select(o => o.Entity)],
            [.. rows.Select(o => o.Cutoff?.UtcTicks ?? throw new ArgumentException($"Each observation must have a cutoff. Got none for '{o.Entity}'. Use WithoutTime for a table without time."))]);
    }

    /// <summary>Creates rows of a table that has no time.</summary>
    /// <param name="entities">The entities, in row order.</param>
    public static ObservationSet WithoutTime(IEnumerable<EntityKey> entities) => new([.. entities], null);

    /// <summary>Puts sets one after the other.</summary>
    /// <param name="sets">Sets that all have cutoffs, or all have none.</param>
    public static ObservationSet Concat(IReadOnlyCollection<ObservationSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        bool timed = sets.All(s => s.HasCutoffs);
        return timed || sets.All(s => !s.HasCutoffs)
            ? new ObservationSet([.. sets.SelectMany(s => s._entities)], timed ? [.. sets.SelectMany(s => s._cutoffTicks!)] : null)
            : throw new ArgumentException("Sets of rows must all have cutoffs, or all have none. Got both. Give every row a cutoff.");
    }

    /// <summary>Picks rows.</summary>
    /// <param name="rows">Row positions, in the order wanted.</param>
    public ObservationSet Select(ReadOnlySpan<int> rows)
    {
        EntityKey[] entities = new EntityKey[rows.Length];
        long[]? ticks = _cutoffTicks is null ? null : new long[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            entities[i] = _entities[rows[i]];
            if (ticks is not null)
            {
                ticks[i] = _cutoffTicks![rows[i]];
            }
        }

        return new ObservationSet(entities, ticks);
    }

    /// <inheritdoc/>
    public IEnumerator<Observation> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
