using System.Runtime.CompilerServices;
using System.Collections.Frozen;
using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>The facts of one source: blocks of rows, and for each entity the run of rows that is its own. Immutable.</summary>
internal sealed class SourceStore
{
    private readonly FactTable _nothing;
    private readonly Segment[] _segments; // by entity id; an id beyond its end has no facts here

    public SourceStore(SourceSchema schema, string[]?[] levels, SpanEvidence span, bool hasEventKey, FactBlock[] blocks, Segment[] segments, IReadOnlyDictionary<EntityKey, Retraction[]>? retractions = null)
    {
        Schema = schema;
        Levels = levels;
        Span = span;
        HasEventKey = hasEventKey;
        Blocks = blocks;
        _segments = segments;
        Retractions = retractions ?? FrozenDictionary<EntityKey, Retraction[]>.Empty;
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

    /// <summary>Gets the retractions of each event key. They are remembered, because an earlier version of the event may come later.</summary>
    public IReadOnlyDictionary<EntityKey, Retraction[]> Retractions { get; }

    /// <summary>Gets the bytes of the columns and of the index.</summary>
    public long ResidentBytes => Blocks.Sum(b => b.ResidentBytes) + (12L * _segments.Length);

    public ReadOnlySpan<Segment> Segments => _segments;

    public Segment this[int entity] => (uint)entity < (uint)_segments.Length ? _segments[entity] : default;

    /// <summary>Reads what was visible at a cutoff: happened before it, known before it, and not superseded by anything known before it.</summary>
    public FactTable AsOf(int entity, long cutoff)
    {
        Segment segment = this[entity];
        if (segment.Count == 0)
        {
            return _nothing;
        }

        FactBlock block = Blocks[segment.Block];
        ReadOnlySpan<long> events = block.EventTicks.AsSpan(segment.Start, segment.Count);

        // happened + delay < cutoff; a delay is never negative, so this implies happened < cutoff. It is zero where facts have known times.
        int first = FirstBefore(events, cutoff - block.Delay);
        int start = segment.Start + first, count = segment.Count - first;
        foreach (FactException exception in block.ExceptionsIn(start, count))
        {
            if (exception.IsHidden(cutoff))
            {
                return Copy(block, start, count, cutoff);
            }
        }

        if (!block.Known.IsEmpty)
        {
            int surely = FirstBefore(events, cutoff - block.LargestDelay);
            for (int i = first; i < surely; i++)
            {
                if (block.Known[segment.Start + i, events[i]] >= cutoff)
                {
                    return Copy(block, start, count, cutoff);
                }
            }
        }

        return Table(block, start, count);
    }

    /// <summary>Reads the facts that happened in [from, until), known or not, in their final version.</summary>
    public FactTable Between(int entity, long from, long until)
    {
        Segment segment = this[entity];
        if (segment.Count == 0)
        {
            return _nothing;
        }

        FactBlock block = Blocks[segment.Block];
        ReadOnlySpan<long> events = block.EventTicks.AsSpan(segment.Start, segment.Count);
        int first = FirstBefore(events, until), start = segment.Start + first, count = FirstBefore(events, from) - first;
        foreach (FactException exception in block.ExceptionsIn(start, count))
        {
            if (exception.Superseded != long.MaxValue)
            {
                return Copy(block, start, count, long.MaxValue);
            }
        }

        return Table(block, start, count);
    }

    /// <summary>Returns every fact of an entity where it lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public FactRun Run(int entity)
    {
        Segment segment = this[entity];
        return segment.Count == 0 ? new FactRun(FactBlock.Empty, 0, 0) : new FactRun(Blocks[segment.Block], segment.Start, segment.Count);
    }

    /// <summary>Reads every fact of an entity, superseded ones included.</summary>
    public FactTable All(int entity)
    {
        Segment segment = this[entity];
        return segment.Count == 0 ? _nothing : Table(Blocks[segment.Block], segment.Start, segment.Count, withSuperseded: true);
    }

    /// <summary>Returns the first instant after which some dated fact of an entity had happened and was known; <see cref="long.MaxValue"/> when there is none. Once known stays known,
    /// also when all that was known is retracted.</summary>
    public long FirstKnown(int entity)
    {
        Segment segment = this[entity];
        if (segment.Count == 0)
        {
            return long.MaxValue;
        }

        FactBlock block = Blocks[segment.Block];
        ReadOnlySpan<FactException> exceptions = block.ExceptionsIn(segment.Start, segment.Count);
        long first = long.MaxValue;
        int exception = exceptions.Length - 1;
        for (int row = segment.Start + segment.Count - 1; row >= segment.Start; row--)
        {
            long happened = block.EventTicks[row];
            bool isException = exception >= 0 && exceptions[exception].Row == row;
            long known = isException ? exceptions[exception--].Known : block.KnownUnlessException(row);
            if (happened == 0 && Schema.Kind == SourceKind.Attributes)
            {
                continue; // undated
            }

            first = Math.Min(first, Math.Max(happened, known));
            if (happened >= first)
            {
                return first; // facts that happened later were not known before
            }
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
    public SourceStore With(FactBlock[] blocks, Segment[] segments) => new(Schema, Levels, Span, HasEventKey, blocks, segments, Retractions);

    /// <summary>Returns a store with other retractions.</summary>
    public SourceStore WithRetractions(IReadOnlyDictionary<EntityKey, Retraction[]> retractions) => new(Schema, Levels, Span, HasEventKey, Blocks, _segments, retractions);

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

    private FactTable Table(FactBlock block, int start, int count, bool withSuperseded = false)
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
            if (block.Codes[c] is { } small)
            {
                int[] wide = new int[count];
                small.CopyTo(start, wide);
                codes[c] = wide;
            }
        }

        ReadOnlySpan<FactException> exceptions = block.ExceptionsIn(start, count);
        return new FactTable(
            Schema,
            block.EventTicks.AsMemory(start, count),
            Schema.HasKnownTime ? KnownTicks(block, start, count, exceptions) : default,
            numbers,
            codes,
            Levels,
            Part(block.Sequence, start, count),
            withSuperseded ? SupersededTicks(start, count, exceptions) : default);
    }

    private static ReadOnlyMemory<long> KnownTicks(FactBlock block, int start, int count, ReadOnlySpan<FactException> exceptions)
    {
        ReadOnlySpan<long> events = block.EventTicks.AsSpan(start, count);
        if (!block.Known.IsEmpty)
        {
            return block.Known.ToTicks(start, events);
        }

        if (exceptions.IsEmpty)
        {
            return default;
        }

        long[] known = events.ToArray();
        foreach (FactException exception in exceptions)
        {
            known[exception.Row - start] = exception.Known;
        }

        return known;
    }

    private static ReadOnlyMemory<long> SupersededTicks(int start, int count, ReadOnlySpan<FactException> exceptions)
    {
        long[]? superseded = null;
        foreach (FactException exception in exceptions)
        {
            if (exception.Superseded != long.MaxValue)
            {
                if (superseded is null)
                {
                    superseded = new long[count];
                    superseded.AsSpan().Fill(long.MaxValue);
                }

                superseded[exception.Row - start] = exception.Superseded;
            }
        }

        return superseded;
    }

    /// <summary>Copies the rows that are visible at a cutoff; at the end of time, those that are never superseded.</summary>
    private FactTable Copy(FactBlock block, int start, int count, long cutoff)
    {
        ReadOnlySpan<FactException> exceptions = block.ExceptionsIn(start, count);
        List<RowRef> visible = new(count);
        int next = 0;
        for (int row = start; row < start + count; row++)
        {
            bool isHidden = !block.Known.IsEmpty && block.Known[row, block.EventTicks[row]] >= cutoff;
            if (next < exceptions.Length && exceptions[next].Row == row)
            {
                isHidden = exceptions[next++].IsHidden(cutoff);
            }

            if (!isHidden)
            {
                visible.Add(new RowRef(0, row));
            }
        }

        FactBlock copy = FactGatherer.Gather([block], [.. visible]);
        return Table(copy, 0, copy.Count);
    }

    private static ReadOnlyMemory<T> Part<T>(T[] column, int start, int count) => column.Length == 0 ? default : column.AsMemory(start, count);
}
