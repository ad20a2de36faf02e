namespace MlSystemDesign.Features;

/// <summary>Finds window borders among times that stand newest first.</summary>
internal static class Borders
{
    /// <summary>Counts the times at or after an instant.</summary>
    /// <param name="newestFirst">Times, newest first.</param>
    /// <param name="start">The instant.</param>
    /// <param name="hint">Where the border was last: the cost is O(log of how far it moved).</param>
    internal static int CountSince(ReadOnlySpan<long> newestFirst, long start, int hint)
    {
        int low, high, step = 1;
        if ((uint)hint < (uint)newestFirst.Length && newestFirst[hint] >= start)
        {
            low = hint + 1;
            high = low;
            while (high < newestFirst.Length && newestFirst[high] >= start)
            {
                low = high + 1;
                high += step;
                step <<= 1;
            }

            high = Math.Min(high, newestFirst.Length);
        }
        else
        {
            high = Math.Min(hint, newestFirst.Length);
            low = high - 1;
            while (low >= 0 && newestFirst[low] < start)
            {
                high = low;
                low -= step;
                step <<= 1;
            }

            low = Math.Max(low + 1, 0);
        }

        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = newestFirst[middle] >= start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
