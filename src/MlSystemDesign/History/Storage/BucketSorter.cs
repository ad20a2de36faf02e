using System.Buffers;
using System.Runtime.CompilerServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Sorts the rows of one bucket by entity and, within it, newest first. Holds scratch memory: one per thread.</summary>
internal sealed class BucketSorter(FactArrays facts, FactBuckets buckets, ushort[] locals, ApartRows? apart)
{
    private readonly ColumnScratch _scratch = new();
    private int[] _order = [];
    private long[] _keys = [];
    private int[] _next = [];
    private bool[] _isApart = [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort(int bucket)
    {
        int first = buckets.FirstRow(bucket), count = buckets.FirstRow(bucket + 1) - first;
        if (count == 0)
        {
            return;
        }

        Grow(count);
        Span<int> order = _order.AsSpan(0, count);
        int firstEntity = buckets.FirstEntity(bucket), entities = buckets.FirstEntity(bucket + 1) - firstEntity;
        Span<long> times = facts.EventTicks.AsSpan(first, count), keys = _keys.AsSpan(0, count);
        GroupByEntity(locals.AsSpan(first, count), buckets.Starts.AsSpan(firstEntity, entities + 1), times, order, keys);
        for (int e = 0; e < entities; e++)
        {
            int start = buckets.Starts[firstEntity + e] - first, length = buckets.Starts[firstEntity + e + 1] - first - start;
            if (length > 1 && AdaptiveSort.Descending(keys.Slice(start, length), order.Slice(start, length)))
            {
                SortTies(keys.Slice(start, length), order.Slice(start, length), 1, first);
            }
        }

        if (apart is not null)
        {
            apart.Set(bucket, ExceptionsAmong(order, first));
        }

        keys.CopyTo(times);
        Reorder(first, order);
    }

    /// <summary>Finds where the rows that are known late, or early, have come to stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private FactException[] ExceptionsAmong(ReadOnlySpan<int> order, int first)
    {
        (int from, int until) = apart!.Within(first, first + order.Length);
        if (from == until)
        {
            return [];
        }

        for (int i = from; i < until; i++)
        {
            _isApart[apart.PlaceAt(i) - first] = true;
        }

        FactException[] exceptions = new FactException[until - from];
        int found = 0;
        for (int row = 0; row < order.Length; row++)
        {
            if (_isApart[order[row]])
            {
                exceptions[found++] = new FactException(first + row, apart.KnownOf(first + order[row], from, until)!.Value, long.MaxValue);
            }
        }

        _isApart.AsSpan(0, order.Length).Clear();
        return exceptions;
    }

    /// <summary>Lists the rows entity by entity. Rows that came later stand first, because most logs are written in the order of time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GroupByEntity(ReadOnlySpan<ushort> entityOf, ReadOnlySpan<int> starts, ReadOnlySpan<long> times, Span<int> order, Span<long> keys)
    {
        if (_next.Length < starts.Length)
        {
            _next = new int[starts.Length];
        }

        for (int e = 1; e < starts.Length; e++)
        {
            _next[e - 1] = starts[e] - starts[0];
        }

        int[] next = _next;
        for (int row = 0; row < entityOf.Length; row++)
        {
            int place = --next[entityOf[row]];
            order[place] = row;
            keys[place] = times[row];
        }
    }

    /// <summary>Sorts runs of equal keys by the next key of the total order.</summary>
    private void SortTies(ReadOnlySpan<long> keys, Span<int> order, int level, int first)
    {
        while (!HasLevel(level))
        {
            if (++level > facts.Numbers.Length + 3)
            {
                return; // equal in every key
            }
        }

        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                SortRun(order[start..end], level, first);
            }

            start = end;
        }
    }

    private void SortRun(Span<int> run, int level, int first)
    {
        long[] rented = ArrayPool<long>.Shared.Rent(run.Length);
        Span<long> mine = rented.AsSpan(0, run.Length);
        for (int i = 0; i < mine.Length; i++)
        {
            mine[i] = KeyOf(level, first + run[i]);
        }

        if (AdaptiveSort.Descending(mine, run))
        {
            SortTies(mine, run, level + 1, first);
        }

        ArrayPool<long>.Shared.Return(rented);
    }

    private bool HasLevel(int level) => level switch
    {
        1 => !facts.Known.IsEmpty || apart is not null,
        2 => facts.Sequence.Length != 0,
        _ when level - 3 < facts.Numbers.Length => true,
        _ => level - 3 == facts.Numbers.Length && facts.Superseded.Length != 0,
    };

    /// <summary>Returns a key of the total order, as an integer that compares as it does.</summary>
    private long KeyOf(int level, int row)
    {
        switch (level)
        {
            case 1: return apart is null ? facts.Known[row, facts.EventTicks[row]] : apart.KnownOf(row, 0, apart.Count) ?? facts.EventTicks[row];
            case 2: return facts.Sequence[row];
            default: break;
        }

        int column = level - 3;
        if (column == facts.Numbers.Length)
        {
            return facts.Superseded[row];
        }

        return facts.Codes[column] is { } codes ? codes[row] : Ordered(facts.Numbers[column][row]);
    }

    /// <summary>Maps a number to an integer that compares as the number does; NaN comes before every other.</summary>
    private static long Ordered(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return double.IsNaN(value) ? long.MinValue : bits ^ ((bits >> 63) & long.MaxValue);
    }

    private void Reorder(int first, ReadOnlySpan<int> order)
    {
        _scratch.Reorder(facts.Known.Ticks ?? [], first, order);
        _scratch.Reorder(facts.Known.Low ?? [], first, order);
        _scratch.Reorder(facts.Known.High ?? [], first, order);
        _scratch.Reorder(facts.Superseded, first, order);
        _scratch.Reorder(facts.Sequence, first, order);
        _scratch.Reorder(facts.EventKeys, first, order);
        _scratch.Reorder(facts.Retracted, first, order);
        foreach (double[] numbers in facts.Numbers)
        {
            _scratch.Reorder(numbers, first, order);
        }

        foreach (CodeColumn? codes in facts.Codes)
        {
            _scratch.Reorder(codes?.Bytes ?? [], first, order);
            _scratch.Reorder(codes?.Shorts ?? [], first, order);
            _scratch.Reorder(codes?.Ints ?? [], first, order);
        }
    }

    private void Grow(int count)
    {
        if (_order.Length < count)
        {
            _order = new int[count];
            _keys = new long[count];
            _isApart = new bool[count];
        }
    }
}
