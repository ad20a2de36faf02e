using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>The facts of one source: blocks of rows, and for each entity the run of rows that is its own. Immutable.</summary>
internal sealed class SourceStore
{
    private readonly FactTable _nothing;
    private readonly Segment[] _segments; // by entity id; an id beyond its end has no facts here

    public SourceStore(SourceSchema schema, string[]?[] levels, SpanEvidence span, bool hasEventKey, FactBlock[] blocks, Segment[] segments)
    {
        Schema = schema;
        Levels = levels;
        Span = span;
        HasEventKey = hasEventKey;
        Blocks = blocks;
        _segments = segments;
        int columns = schema.Columns.Count;
        _nothing = new FactTable(schema, default, default, new ReadOnlyMemory<double>[columns], new ReadOnlyMemory<int>[columns], levels);
    }

    public SourceSchema Schema { get; }

    /// <summary>Gets, per column, the distinct texts in ordinal order; the code of a text is its place.</summary>
    public string[]?[] Levels { get; }

    /// <summary>Gets what the observed span was concluded from.</summary>
    public SpanEvidence Span { get; }

    /// <summary>Gets a value indicating whether rows carry an event key.</summary>
    public bool HasEventKey { get; }

    public FactBlock[] Blocks { get; }

    public ReadOnlySpan<Segment> Segments => _segments;

    public Segment this[int entity] => (uint)entity < (uint)_segments.Length ? _segments[entity] : default;

    /// <summary>Reads what was visible at a cutoff: happened before it and known before it.</summary>
    public FactTable AsOf(int entity, long cutoff)
    {
        Segment segment = this[entity];
        if (segment.Count == 0)
        {
            return _nothing;
        }

        FactBlock block = Blocks[segment.Block];
        ReadOnlySpan<long> events = block.EventTicks.AsSpan(segment.Start, segment.Count);
        if (!Schema.HasKnownTime)
        {
            // happened + delay < cutoff; a delay is never negative, so this implies happened < cutoff.
            int visible = FirstBefore(events, cutoff - Schema.KnownAfter.Ticks);
            return Table(block, segment.Start + visible, segment.Count - visible);
        }

        int first = FirstBefore(events, cutoff);
        int surely = FirstBefore(events, cutoff - block.LargestDelay);
        ReadOnlySpan<long> known = block.KnownTicks.AsSpan(segment.Start, segment.Count);
        for (int i = first; i < surely; i++)
        {
            if (known[i] >= cutoff)
            {
                return VisibleCopy(block, segment, first, cutoff);
            }
        }

        return Table(block, segment.Start + first, segment.Count - first);
    }

    /// <summary>Reads the facts that happened in [from, until), known or not.</summary>
    public FactTable Between(int entity, long from, long until)
    {
        Segment segment = this[entity];
        if (segment.Count == 0)
        {
            return _nothing;
        }

        FactBlock block = Blocks[segment.Block];
        ReadOnlySpan<long> events = block.EventTicks.AsSpan(segment.Start, segment.Count);
        int first = FirstBefore(events, until), last = FirstBefore(events, from);
        return Table(block, segment.Start + first, last - first);
    }

    /// <summary>Returns every fact of an entity where it lies.</summary>
    public FactRun Run(int entity)
    {
        Segment segment = this[entity];
        return segment.Count == 0 ? new FactRun(FactBlock.Empty, 0, 0) : new FactRun(Blocks[segment.Block], segment.Start, segment.Count);
    }

    /// <summary>Reads every fact of an entity.</summary>
    public FactTable All(int entity)
    {
        Segment segment = this[entity];
        return segment.Count == 0 ? _nothing : Table(Blocks[segment.Block], segment.Start, segment.Count);
    }

    /// <summary>Returns the first instant after which some dated fact of an entity had happened and was known; <see cref="long.MaxValue"/> when there is none.</summary>
    public long FirstKnown(int entity)
    {
        Segment segment = this[entity];
        long first = long.MaxValue;
        for (int i = segment.Start + segment.Count - 1; i >= segment.Start; i--)
        {
            FactBlock block = Blocks[segment.Block];
            long happened = block.EventTicks[i];
            if (happened == 0 && Schema.Kind == SourceKind.Attributes)
            {
                continue; // undated
            }

            if (!Schema.HasKnownTime)
            {
                return happened > long.MaxValue - Schema.KnownAfter.Ticks ? long.MaxValue : happened + Schema.KnownAfter.Ticks;
            }

            first = Math.Min(first, Math.Max(happened, block.KnownTicks[i]));
        }

        return first;
    }

    /// <summary>Returns the facts of some entities under new ids; blocks are shared.</summary>
    /// <param name="entities">The present id of each new id.</param>
    public SourceStore Select(ReadOnlySpan<int> entities)
    {
        Segment[] segments = new Segment[entities.Length];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = this[entities[i]];
        }

        return With(Blocks, segments);
    }

    /// <summary>Returns a store with the same schema and other rows.</summary>
    public SourceStore With(FactBlock[] blocks, Segment[] segments) => new(Schema, Levels, Span, HasEventKey, blocks, segments);

    private static int FirstBefore(ReadOnlySpan<long> newestFirst, long limit)
    {
        int low = 0, high = newestFirst.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (newestFirst[middle] >= limit)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private FactTable Table(FactBlock block, int start, int count)
    {
        if (count == 0)
        {
            return _nothing;
        }

        ReadOnlyMemory<double>[] numbers = new ReadOnlyMemory<double>[block.Numbers.Length];
        ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[block.Codes.Length];
        for (int c = 0; c < numbers.Length; c++)
        {
            numbers[c] = Part(block.Numbers[c], start, count);
            codes[c] = Part(block.Codes[c], start, count);
        }

        return new FactTable(
            Schema, block.EventTicks.AsMemory(start, count), Part(block.KnownTicks, start, count), numbers, codes, Levels, Part(block.Sequence, start, count));
    }

    private FactTable VisibleCopy(FactBlock block, Segment segment, int first, long cutoff)
    {
        List<RowRef> visible = new(segment.Count - first);
        for (int row = segment.Start + first; row < segment.Start + segment.Count; row++)
        {
            if (block.KnownTicks[row] < cutoff)
            {
                visible.Add(new RowRef(0, row));
            }
        }

        FactBlock copy = FactBlock.Gather([block], [.. visible]);
        return Table(copy, 0, copy.Count);
    }

    private static ReadOnlyMemory<T> Part<T>(T[] column, int start, int count) => column.Length == 0 ? default : column.AsMemory(start, count);
}
