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

    /// <summary>Counts the times at or after an instant.</summary>
    /// <param name="newestFirst">Times, newest first.</param>
    /// <param name="count">How many.</param>
    /// <param name="start">The instant.</param>
    /// <param name="hint">Where the border may be: a search close to it is cheap.</param>
    internal static int CountSince(ColumnPart<long> newestFirst, int count, long start, int hint)
    {
        CountSince(newestFirst, count, new ReadOnlySpan<long>(in start), new Span<int>(ref hint));
        return hint;
    }

    /// <summary>Counts, for several instants, the times at or after it.</summary>
    /// <param name="newestFirst">Times, newest first.</param>
    /// <param name="count">How many.</param>
    /// <param name="starts">The instants.</param>
    /// <param name="borders">Per instant: where its border may be; gets where it is.</param>
    internal static void CountSince(ColumnPart<long> newestFirst, int count, ReadOnlySpan<long> starts, Span<int> borders)
    {
        if (newestFirst.At > newestFirst.Items.Length - Block)
        {
            CountOneByOne(newestFirst.Span(count), starts, borders); // a block would reach beyond the array
            return;
        }

        ref long ticks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(newestFirst.Items), newestFirst.At);
        if (count <= Block)
        {
            // The block may hold times of others behind the last one; their bits are cut off.
            TickBlock all = new(ref ticks);
            uint own = (1u << count) - 1;
            for (int i = 0; i < starts.Length; i++)
            {
                borders[i] = BitOperations.PopCount(all.Since(starts[i]) & own);
            }

            return;
        }

        int last = count - Block;
        for (int i = 0; i < starts.Length; i++)
        {
            int from = Math.Min(Math.Max(borders[i] - Behind, 0), last);
            int inside = BitOperations.PopCount(new TickBlock(ref Unsafe.Add(ref ticks, from)).Since(starts[i]));
            borders[i] = (inside > 0 || from == 0) && (inside < Block || from == last) ? from + inside : Search(ref ticks, count, starts[i]);
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

    private static void CountOneByOne(ReadOnlySpan<long> newestFirst, ReadOnlySpan<long> starts, Span<int> borders)
    {
        for (int i = 0; i < starts.Length; i++)
        {
            borders[i] = 0;
            while (borders[i] < newestFirst.Length && newestFirst[borders[i]] >= starts[i])
            {
                borders[i]++;
            }
        }
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
