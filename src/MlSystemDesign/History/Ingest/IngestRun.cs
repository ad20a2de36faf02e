namespace MlSystemDesign.History;

/// <summary>One run over the feeds of a builder.</summary>
internal sealed class IngestRun(InMemoryHistory past, Workers workers, EntityPartition? partition, PartitionWriter? writer = null)
{
    private readonly EntityInterner _entities = new(past.Entities);
    private readonly List<SourceIngest> _sources = [];
    private PartitionFilter? _filter;

    /// <summary>Starts the next feed.</summary>
    /// <exception cref="ArgumentException">Its rows do not fit the source.</exception>
    public SourceIngest Begin(RowFeed feed)
    {
        SourceIngest? ingest = _sources.Find(s => string.Equals(s.Name, feed.Source, StringComparison.Ordinal));
        feed.RequireFit(past.Find(feed.Source), ingest?.Shape);
        if (ingest is null)
        {
            _filter ??= partition is { } part ? new PartitionFilter(_entities, part) : null;
            ingest = new SourceIngest(feed.Source, feed.Kind, _entities, _filter, writer);
            _sources.Add(ingest);
        }

        ingest.BeginPart(feed.Shape);
        return ingest;
    }

    /// <summary>Takes a source of which the rows were read before.</summary>
    /// <param name="source">The source.</param>
    /// <param name="rows">Its rows; <see langword="null"/> when there are none.</param>
    /// <param name="members">How many entities the partition has: rows of later ones are foreign.</param>
    public void Restore(PartitionedSource source, FactBatch? rows, int members)
    {
        SourceIngest ingest = new(source.Name, source.Kind, _entities, null);
        ingest.Restore(source, rows, members);
        _sources.Add(ingest);
    }

    /// <summary>Gives an entity its provisional id; a new one the next.</summary>
    public int Restore(EntityKey entity) => _entities.TryGetId(entity, out int id) ? id : -1;

    /// <summary>Ends a run that writes partitions: there is nothing to sort.</summary>
    public IReadOnlyList<SourceIngest> CompleteWriting()
    {
        foreach (SourceIngest source in _sources)
        {
            source.Release();
            SourceAssembler.RequireRows(source);
        }

        return _sources;
    }

    /// <summary>Sorts what was read into the past.</summary>
    public IngestResult Complete()
    {
        EntityIndex index = _entities.Complete(out int[] finalIds);
        List<SourceStore> stores = [.. past.Sources];
        List<SourceReport> reports = [];
        bool[] touched = new bool[index.Count];
        foreach (SourceIngest read in _sources)
        {
            int place = stores.FindIndex(s => string.Equals(s.Schema.Name, read.Name, StringComparison.Ordinal));
            (SourceStore store, SourceReport report) = SourceAssembler.Assemble(place < 0 ? null : stores[place], read, index, finalIds, touched, workers);
            reports.Add(report);
            if (place < 0)
            {
                stores.Add(store);
            }
            else
            {
                stores[place] = store;
            }
        }

        InMemoryHistory history = past.With(index, [.. stores], Enumerable.Range(0, touched.Length).Where(id => touched[id]));
        return new IngestResult(history, new IngestReport { Sources = reports, Entities = history.EntityCount });
    }
}
