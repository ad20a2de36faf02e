using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>A history in memory: columns, sorted once by entity and time.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use. Built by <see cref="HistoryBuilder"/>. The facts of an entity stand newest first in a total order (event time, known time,
/// sequence, values), so that neither the order of the input rows nor the machine changes a bit.</para>
/// <para><see cref="AsOf"/> shows event times and numbers where they lie, and widens the codes of categories and the known times of a column; where a late or a superseded fact must be left out it copies. O(log n), or O(n) where it copies, for n facts of the entity.
/// <see cref="Slice"/>, <see cref="Overlay"/> and <see cref="Append"/> share the columns of the entities that they do not touch; they copy only the index, 12 bytes per entity and source.</para>
/// <para>Memory: 8 bytes per event for its time, 8 per number, 1, 2 or 4 per category, 16 for an event key; a known time takes 24 bytes for each fact that is not known as the rule says,
/// or 6 for every fact when those are more than a quarter, 8 when some fact is known more than 162 days before or after it happened. <see cref="SourceReport.ResidentBytes"/> tells.</para>
/// </remarks>
public sealed class InMemoryHistory : IHistory, IColumnarHistory
{
    private readonly long[] _firstKnown; // by entity id, in UTC ticks

    internal InMemoryHistory(EntityIndex entities, SourceStore[] sources, long[] firstKnown)
    {
        Entities = entities;
        Sources = sources;
        _firstKnown = firstKnown;
        Schema = new HistorySchema([.. sources.Select(s => s.Schema)]);
        EntityCount = Enumerable.Range(0, entities.Count).Count(HasFacts);
        LookAhead = new HistoryLookAhead(this);
    }

    /// <inheritdoc/>
    public HistorySchema Schema { get; }

    /// <inheritdoc/>
    public int EntityCount { get; }

    /// <inheritdoc/>
    public ILookAheadReader LookAhead { get; }

    /// <summary>Gets a history without sources: what a builder starts from.</summary>
    internal static InMemoryHistory Empty { get; } = new(EntityIndex.Empty, [], []);

    internal EntityIndex Entities { get; }

    internal SourceStore[] Sources { get; }

    int IColumnarHistory.EntityIds => Entities.Count;

    /// <inheritdoc/>
    public bool Contains(EntityKey entity) => Entities.Find(entity) is int id and >= 0 && HasFacts(id);

    /// <inheritdoc/>
    /// <remarks>Undated attributes make nobody known: they say nothing about when. Cost: one pass over the entities.</remarks>
    public IEnumerable<EntityKey> EntitiesKnownBefore(DateTimeOffset cutoff)
    {
        long limit = cutoff.UtcTicks;
        for (int place = 0; place < Entities.Count; place++)
        {
            int id = Entities.IdAt(place);
            if (_firstKnown[id] < limit)
            {
                yield return Entities[id];
            }
        }
    }

    /// <inheritdoc/>
    public EntityFacts AsOf(EntityKey entity, DateTimeOffset cutoff)
    {
        int id = Entities.Find(entity);
        FactTable[] tables = new FactTable[Sources.Length];
        for (int s = 0; s < tables.Length; s++)
        {
            tables[s] = Sources[s].AsOf(id, cutoff.UtcTicks);
        }

        return new EntityFacts(entity, tables);
    }

    /// <inheritdoc/>
    public IHistory Slice(IReadOnlyCollection<EntityKey> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        EntityKey[] kept = [.. entities.Where(e => Entities.Find(e) >= 0).Distinct()];
        EntityIndex index = EntityIndex.Empty.Append(kept);
        int[] ids = [.. kept.Select(Entities.Find)]; // sorted by Append: the new ids are places in this array
        return new InMemoryHistory(index, [.. Sources.Select(s => s.Select(ids))], [.. ids.Select(id => _firstKnown[id])]);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A replacement lacks a source, has other columns or unknown texts, or an entity comes twice.</exception>
    public IHistory Overlay(IReadOnlyCollection<EntityFacts> replacements)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        if (replacements.Count == 0)
        {
            return this;
        }

        HashSet<EntityKey> seen = [];
        foreach (EntityFacts facts in replacements)
        {
            if (!seen.Add(facts.Entity))
            {
                throw new ArgumentException($"Each entity must be replaced once. Got '{facts.Entity}' twice. Pass its complete facts in one piece.", nameof(replacements));
            }
        }

        EntityIndex index = Entities.Append([.. replacements.Select(r => r.Entity).Where(e => Entities.Find(e) < 0)]);
        return With(index, [.. Sources.Select(s => OverlayWriter.Replace(s, index, replacements))], replacements.Select(r => index.Find(r.Entity)));
    }

    /// <summary>Returns a history with more facts: a day's events, a new source. The columns of entities that get none are shared with this history and never sorted again.</summary>
    /// <remarks>They are copied in two cases: the codes of a category column, when a new text sorts before one that is there and so moves its code; and a whole source, when
    /// more than half of the rows that it holds were replaced by later appends.</remarks>
    /// <param name="add">Adds rows to sources of this history, with the columns that they have, or new sources.</param>
    /// <returns>The same bits as if everything had been ingested at once. Use <see cref="HistoryBuilder(InMemoryHistory)"/> to see the ingest report, or to read asynchronously.</returns>
    /// <exception cref="DataFormatException">Rows are bad, under a policy that fails.</exception>
    public InMemoryHistory Append(Action<HistoryBuilder> add)
    {
        ArgumentNullException.ThrowIfNull(add);
        HistoryBuilder builder = new(this);
        add(builder);
        return builder.Build().History;
    }

    void IColumnarHistory.FindEntities(ReadOnlySpan<EntityKey> keys, Span<int> ids) => Entities.FindAll(keys, ids);

    FactRun IColumnarHistory.Run(int source, int entity) => Sources[source].Run(entity);

    IReadOnlyList<string>?[] IColumnarHistory.Levels(int source) => Sources[source].Levels;

    /// <summary>Finds a source.</summary>
    internal SourceStore? Find(string source) => Array.Find(Sources, s => string.Equals(s.Schema.Name, source, StringComparison.Ordinal));

    /// <summary>Returns a history over other stores in which only some entities changed.</summary>
    internal InMemoryHistory With(EntityIndex index, SourceStore[] sources, IEnumerable<int> changed)
    {
        long[] firstKnown = new long[index.Count];
        _firstKnown.CopyTo(firstKnown, 0);
        foreach (int id in changed)
        {
            firstKnown[id] = long.MaxValue;
            foreach (SourceStore source in sources)
            {
                firstKnown[id] = Math.Min(firstKnown[id], source.FirstKnown(id));
            }
        }

        return new InMemoryHistory(index, sources, firstKnown);
    }

    private bool HasFacts(int id)
    {
        foreach (SourceStore source in Sources)
        {
            if (source[id].Count > 0)
            {
                return true;
            }
        }

        return false;
    }
}
