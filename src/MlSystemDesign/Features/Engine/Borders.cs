using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlSystemDesign.Features;

/// <summary>Finds window borders among times that stand newest first.</summary>
internal static class Borders
{
    /// <summary>Counts the times at or after an instant.</summary>
    /// <param name="newestFirst">Times, newest first.</param>
    /// <param name="count">How many.</param>
    /// <param name="start">The instant.</param>
    /// <param name="hint">Where the border may be, 0 to <paramref name="count"/>; from row to row it moves by a few facts. O(log of how far it moved).</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int CountSince(ColumnPart<long> newestFirst, int count, long start, int hint)
    {
        // Without bounds checks: every place read is below count.
        ref long ticks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(newestFirst.Items), newestFirst.At);
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
