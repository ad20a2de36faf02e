using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Features;

/// <summary>Finds window borders among times that stand newest first.</summary>
/// <remarks>Branches that depend on the data cost more than the few vector instructions that do without: windows hold a dozen facts on average.</remarks>
internal static class Borders
{
    private const int Block = 16;
    private const int Behind = 12; // cutoffs mostly rise from row to row, and borders then move towards newer facts
    private const int Neighbours = 3; // so many blocks on one side are tried before the whole is searched

    /// <summary>Counts the times at or after an instant.</summary>
    /// <param name="newestFirst">Times, newest first.</param>
    /// <param name="count">How many.</param>
    /// <param name="start">The instant.</param>
    /// <param name="hint">Where the border may be: a search close to it is cheap.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int CountSince(ColumnPart<long> newestFirst, int count, long start, int hint)
    {
        if (newestFirst.At > newestFirst.Items.Length - Block)
        {
            return CountOneByOne(newestFirst.Span(count), start);
        }

        ref long ticks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(newestFirst.Items), newestFirst.At);
        return count <= Block ? BitOperations.PopCount(new TickBlock(ref ticks).Since(start) & ((1u << count) - 1)) : Near(ref ticks, count, start, hint);
    }

    /// <summary>Counts, for several instants, the times at or after it.</summary>
    /// <param name="newestFirst">Times, newest first.</param>
    /// <param name="count">How many.</param>
    /// <param name="starts">The instants.</param>
    /// <param name="windows">How many of them.</param>
    /// <param name="borders">Per instant: where its border may be; gets where it is.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void CountSince(ColumnPart<long> newestFirst, int count, long[] starts, int windows, int[] borders)
    {
        if (newestFirst.At > newestFirst.Items.Length - Block)
        {
            for (int w = 0; w < windows; w++)
            {
                borders[w] = CountOneByOne(newestFirst.Span(count), starts[w]); // a block would reach beyond the array
            }

            return;
        }

        ref long ticks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(newestFirst.Items), newestFirst.At);
        if (count <= Block)
        {
            // The block may hold times of others behind the last one; their bits are cut off.
            TickBlock all = new(ref ticks);
            uint own = (1u << count) - 1;
            for (int w = 0; w < windows; w++)
            {
                borders[w] = BitOperations.PopCount(all.Since(starts[w]) & own);
            }

            return;
        }

        for (int w = 0; w < windows; w++)
        {
            borders[w] = Near(ref ticks, count, starts[w], borders[w]);
        }
    }

    /// <summary>Counts in the block around the hint, and in its neighbours while the border lies beyond.</summary>
    private static int Near(ref long ticks, int count, long start, int hint)
    {
        int last = count - Block, from = Math.Min(Math.Max(hint - Behind, 0), last);
        for (int tries = 0; ; tries++)
        {
            int inside = BitOperations.PopCount(new TickBlock(ref Unsafe.Add(ref ticks, from)).Since(start));
            int next = inside == 0 ? Math.Max(from - Block, 0) : inside == Block ? Math.Min(from + Block, last) : from;
            if (next == from)
            {
                return from + inside;
            }

            if (tries == Neighbours)
            {
                return Search(ref ticks, count, start);
            }

            from = next;
        }
    }

    /// <summary>Halves the times until a block is left, then counts in it.</summary>
    private static int Search(ref long ticks, int count, long start)
    {
        int low = 0, length = count; // the border is in [low, low + length]
        while (length > Block)
        {
            int half = length >>> 1;
            int inside = Unsafe.Add(ref ticks, low + half - 1) >= start ? 1 : 0;
            low += half & -inside;
            length -= half;
        }

        int from = Math.Min(low, count - Block);
        return from + BitOperations.PopCount(new TickBlock(ref Unsafe.Add(ref ticks, from)).Since(start));
    }

    private static int CountOneByOne(ReadOnlySpan<long> newestFirst, long start)
    {
        int count = 0;
        while (count < newestFirst.Length && newestFirst[count] >= start)
        {
            count++;
        }

        return count;
    }

    /// <summary>Sixteen times in vectors.</summary>
    private readonly ref struct TickBlock(ref long ticks)
    {
        private readonly Vector256<long> _a = Vector256.LoadUnsafe(ref ticks);
        private readonly Vector256<long> _b = Vector256.LoadUnsafe(ref ticks, 4);
        private readonly Vector256<long> _c = Vector256.LoadUnsafe(ref ticks, 8);
        private readonly Vector256<long> _d = Vector256.LoadUnsafe(ref ticks, 12);

        /// <summary>Returns a bit per time: whether it is at or after an instant.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal uint Since(long start)
        {
            Vector256<long> before = Vector256.Create(Math.Max(start, 0) - 1); // one comparison instead of two; no time is below 0
            return Vector256.GreaterThan(_a, before).ExtractMostSignificantBits()
                | (Vector256.GreaterThan(_b, before).ExtractMostSignificantBits() << 4)
                | (Vector256.GreaterThan(_c, before).ExtractMostSignificantBits() << 8)
                | (Vector256.GreaterThan(_d, before).ExtractMostSignificantBits() << 12);
        }
    }
}
