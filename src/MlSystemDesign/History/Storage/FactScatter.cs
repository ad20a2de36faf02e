using System.Numerics;
using System.Runtime.CompilerServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Copies columns of batches to the places of their rows, bucket by bucket: one pass per column, in parallel over slices of the input.</summary>
internal sealed class FactScatter
{
    private const int RowsPerSlice = 1 << 18;
    private readonly List<FactSlice> _slices = [];
    private readonly Workers _workers;

    /// <summary>Gives every row its place: <see cref="FactBatch.Entities"/> becomes it, −1 for a row that is left out.</summary>
    /// <param name="batches">The rows.</param>
    /// <param name="buckets">The buckets.</param>
    /// <param name="addresses">The bucket, and the place in it, of each provisional entity id.</param>
    /// <param name="workers">Does the work.</param>
    public FactScatter(IReadOnlyList<FactBatch> batches, FactBuckets buckets, uint[] addresses, Workers workers)
    {
        _workers = workers;
        foreach (FactBatch batch in batches)
        {
            for (int start = 0; start < batch.Count; start += RowsPerSlice)
            {
                _slices.Add(new FactSlice(batch, start, Math.Min(RowsPerSlice, batch.Count - start)));
            }
        }

        int[][] next = new int[_slices.Count][];
        Run(s => next[s] = CountPerBucket(_slices[s], buckets.Count, addresses));
        for (int b = 0; b < buckets.Count; b++)
        {
            int place = buckets.FirstRow(b);
            foreach (int[] counts in next)
            {
                (counts[b], place) = (place, place + counts[b]);
            }
        }

        Locals = LargeArray.Uninitialized<ushort>(buckets.Starts[^1]);
        Run(s => Place(_slices[s], next[s], addresses, Locals));
    }

    /// <summary>Gets the entity of each row by its place in the row's bucket.</summary>
    public ushort[] Locals { get; }

    /// <summary>Copies a column.</summary>
    public T[] Copy<T>(Func<FactBatch, ReadOnlyMemory<T>> column, bool has)
    {
        if (!has)
        {
            return [];
        }

        T[] to = LargeArray.Uninitialized<T>(Locals.Length);
        Run(s =>
        {
            FactSlice slice = _slices[s];
            Copy(slice.Of(column(slice.Batch)), slice.Places, to);
        });
        return to;
    }

    /// <summary>Copies times, in ticks.</summary>
    public long[] CopyTimes(Func<FactBatch, ReadOnlyMemory<long>> column, Func<FactBatch, TickScale> scale)
    {
        long[] to = LargeArray.Uninitialized<long>(Locals.Length);
        Run(s =>
        {
            FactSlice slice = _slices[s];
            CopyTimes(slice.Of(column(slice.Batch)), scale(slice.Batch), slice.Places, to);
        });
        return to;
    }

    /// <summary>Copies known times, in as few bytes as hold them.</summary>
    /// <param name="eventTicks">When the rows happened, at their places.</param>
    public KnownTimes CopyKnownTimes(long[] eventTicks)
    {
        KnownTimes to = KnownTimes.OfDelays(Locals.Length);
        bool[] fit = new bool[_slices.Count];
        Run(s =>
        {
            FactSlice slice = _slices[s];
            fit[s] = CopyDelays(slice.Of(slice.Batch.KnownTimes), slice.Batch.KnownScale, slice.Places, eventTicks, to);
        });
        return Array.TrueForAll(fit, f => f) ? to : KnownTimes.OfTicks(CopyTimes(b => b.KnownTimes, b => b.KnownScale));
    }

    /// <summary>Copies numbers. There is one missing value and one zero: a NaN of any payload is NaN, and −0 is 0.</summary>
    public double[] CopyNumbers(int column)
    {
        double[] to = LargeArray.Uninitialized<double>(Locals.Length);
        Run(s => CopyNumbers(_slices[s].Of(_slices[s].Batch.Numbers[column]), _slices[s].Places, to));
        return to;
    }

    /// <summary>Copies codes.</summary>
    /// <param name="column">A category column.</param>
    /// <param name="finalCodeOf">The final code of each provisional one.</param>
    /// <param name="levels">The number of texts.</param>
    public CodeColumn CopyCodes(int column, int[] finalCodeOf, int levels)
    {
        CodeColumn to = CodeColumn.ForLevels(levels, Locals.Length);
        Run(s =>
        {
            FactSlice slice = _slices[s];
            CodeBatch codes = slice.Batch.Codes[column]!;
            int[] stored = codes.StoredOf(finalCodeOf);
            if (to.Bytes is not null)
            {
                CopyCodes(slice, codes, stored, to.Bytes);
            }
            else if (to.Shorts is not null)
            {
                CopyCodes(slice, codes, stored, to.Shorts);
            }
            else
            {
                CopyCodes(slice, codes, stored, to.Ints!);
            }
        });
        return to;
    }

    /// <summary>Runs over all slices. Their memory may be foreign, and freed with its owner, which a span alone does not keep alive.</summary>
    private void Run(Action<int> work)
    {
        _workers.Run(_slices.Count, work);
        GC.KeepAlive(_slices);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] CountPerBucket(FactSlice slice, int buckets, uint[] addresses)
    {
        int[] counts = new int[buckets];
        foreach (int id in slice.Places)
        {
            if (id >= 0)
            {
                counts[addresses[id] >> 16]++;
            }
        }

        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(FactSlice slice, int[] next, uint[] addresses, ushort[] locals)
    {
        foreach (ref int id in slice.Places)
        {
            if (id >= 0)
            {
                uint address = addresses[id];
                int place = next[address >> 16]++;
                locals[place] = (ushort)address;
                id = place;
            }
        }
    }

    // A place of −1 fails the comparison as well as one beyond the end would.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<T>(ReadOnlySpan<T> from, ReadOnlySpan<int> places, T[] to)
    {
        if (from.IsEmpty)
        {
            from = new T[places.Length]; // a part of the source that lacks the column: nothing is retracted there
        }

        for (int i = 0; i < places.Length; i++)
        {
            int place = places[i];
            if ((uint)place < (uint)to.Length)
            {
                to[place] = from[i];
            }
        }
    }

    // Only good rows have a place, so every time is a date and the product cannot overflow.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyTimes(ReadOnlySpan<long> from, TickScale scale, ReadOnlySpan<int> places, long[] to)
    {
        (long epoch, long perUnit) = scale;
        for (int i = 0; i < places.Length; i++)
        {
            int place = places[i];
            if ((uint)place < (uint)to.Length)
            {
                to[place] = epoch + (from[i] * perUnit);
            }
        }
    }

    // The delay, since the event's time is at its place already.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool CopyDelays(ReadOnlySpan<long> from, TickScale scale, ReadOnlySpan<int> places, long[] eventTicks, KnownTimes to)
    {
        (long epoch, long perUnit) = scale;
        bool fit = true;
        for (int i = 0; i < places.Length; i++)
        {
            int place = places[i];
            if ((uint)place < (uint)eventTicks.Length)
            {
                fit &= to.TrySet(place, eventTicks[place], epoch + (from[i] * perUnit));
            }
        }

        return fit;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyNumbers(ReadOnlySpan<double> from, ReadOnlySpan<int> places, double[] to)
    {
        for (int i = 0; i < places.Length; i++)
        {
            int place = places[i];
            if ((uint)place < (uint)to.Length)
            {
                to[place] = double.IsNaN(from[i]) ? double.NaN : from[i] + 0.0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyCodes<T>(FactSlice slice, CodeBatch codes, int[] stored, T[] to)
        where T : struct, INumberBase<T>
    {
        ReadOnlySpan<int> places = slice.Places;
        ReadOnlySpan<byte> small = slice.Of(codes.Small);
        ReadOnlySpan<int> wide = slice.Of(codes.Wide);
        for (int i = 0; i < small.Length; i++)
        {
            if ((uint)places[i] < (uint)to.Length)
            {
                to[places[i]] = T.CreateTruncating(stored[small[i]]);
            }
        }

        for (int i = 0; i < wide.Length; i++)
        {
            if ((uint)places[i] < (uint)to.Length)
            {
                to[places[i]] = T.CreateTruncating(wide[i] < 0 ? 0 : stored[wide[i]]);
            }
        }
    }
}
