using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Features;

/// <summary>Finds window borders among times that stand newest first.</summary>
internal static class Borders
{
    private const int Lanes = 8;

    /// <summary>Counts, row by row, the facts at or after an instant.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="starts">The instants. From row to row borders move by a few facts, so that each is looked for near the one before: O(log of how far it moved).</param>
    /// <param name="atLeast">What each count is raised to.</param>
    /// <param name="counts">Takes the counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CountSince(FactSet facts, ReadOnlySpan<long> starts, ReadOnlySpan<int> atLeast, Span<int> counts)
    {
        // Without bounds checks: every place read is below the number of facts.
        ref long ticks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(facts.Ticks.Items), facts.Ticks.At);
        int border = atLeast.IsEmpty ? 0 : atLeast[0];
        long movesAfter = 0;
        for (int row = 0; row < starts.Length; row++)
        {
            if (row == 0 || starts[row] < starts[row - 1] || starts[row] > movesAfter)
            {
                border = CountSince(ref ticks, facts.Count, starts[row], border);
                movesAfter = border == 0 ? long.MaxValue : Unsafe.Add(ref ticks, border - 1);
            }

            counts[row] = atLeast.IsEmpty ? border : Math.Max(border, atLeast[row]);
        }
    }

    /// <summary>Counts the facts at or after an instant.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="start">The instant.</param>
    /// <param name="hint">Where the border may be.</param>
    internal static int CountSince(FactSet facts, long start, int hint) =>
        CountSince(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(facts.Ticks.Items), facts.Ticks.At), facts.Count, start, hint);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountSince(ref long ticks, int count, long start, int hint)
    {
        int low, high; // the border is in [low, high]
        if (hint < count && Unsafe.Add(ref ticks, hint) >= start)
        {
            low = hint + 1;
            high = low;
            for (int step = 4; high < count && Unsafe.Add(ref ticks, high) >= start; step <<= 1)
            {
                low = high + 1;
                high = Math.Min(low + step, count);
            }
        }
        else
        {
            // Rows mostly come in the order of their cutoffs, so that borders move towards newer facts, and by few: those are counted side by side, without branches.
            if (hint >= Lanes)
            {
                Vector256<long> startLanes = Vector256.Create(start);
                uint before = Vector256.LessThan(Vector256.LoadUnsafe(ref Unsafe.Add(ref ticks, hint - Lanes)), startLanes).ExtractMostSignificantBits()
                    | (Vector256.LessThan(Vector256.LoadUnsafe(ref Unsafe.Add(ref ticks, hint - (Lanes / 2))), startLanes).ExtractMostSignificantBits() << (Lanes / 2));
                int moved = BitOperations.PopCount(before);
                if (moved < Lanes)
                {
                    return hint - moved;
                }

                hint -= Lanes;
            }

            high = hint;
            low = high;
            for (int step = 4; low > 0 && Unsafe.Add(ref ticks, low - 1) < start; step <<= 1)
            {
                high = low - 1;
                low = Math.Max(high - step, 0);
            }
        }

        // Halved without branches that depend on the times: they would be guessed wrong every other time.
        for (int length = high - low; length > 0;)
        {
            int half = (length + 1) >>> 1;
            int inside = Unsafe.Add(ref ticks, low + half - 1) >= start ? 1 : 0;
            low += half & -inside;
            length -= half;
        }

        return low;
    }
}
