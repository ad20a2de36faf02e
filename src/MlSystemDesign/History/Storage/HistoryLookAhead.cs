namespace MlSystemDesign.History;

/// <summary>Reads past every cutoff, for labels and for leakage proofs.</summary>
internal sealed class HistoryLookAhead(InMemoryHistory history) : ILookAheadReader
{
    public FactTable Read(EntityKey entity, string source, TimeWindow window)
    {
        SourceStore store = history.Sources[SourceAt(source)];
        return store.Between(history.Entities.Find(entity), window.Start.UtcTicks, window.End.UtcTicks);
    }

    public EntityFacts ReadAll(EntityKey entity)
    {
        int id = history.Entities.Find(entity);
        return new EntityFacts(entity, [.. history.Sources.Select(s => s.All(id))]);
    }

    private int SourceAt(string name)
    {
        SourceStore[] sources = history.Sources;
        for (int s = 0; s < sources.Length; s++)
        {
            if (string.Equals(sources[s].Schema.Name, name, StringComparison.Ordinal))
            {
                return s;
            }
        }

        _ = history.Schema[name]; // throws, and lists the sources there are
        return -1;
    }
}
