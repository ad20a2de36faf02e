namespace MlSystemDesign.Parquet.Tables;

/// <summary>Chooses the unit in which cutoffs are stored without loss.</summary>
internal static class CutoffUnit
{
    /// <summary>Tells whether nanoseconds are needed: microseconds are what every reader knows.</summary>
    /// <exception cref="ArgumentException">A cutoff fits neither unit.</exception>
    public static bool NeedsNanoseconds(ReadOnlySpan<long> ticks)
    {
        long first = long.MaxValue, last = long.MinValue;
        bool whole = true;
        foreach (long tick in ticks)
        {
            (first, last) = (Math.Min(first, tick), Math.Max(last, tick));
            whole &= tick % TimeSpan.TicksPerMicrosecond == 0;
        }

        if (whole)
        {
            return false;
        }

        long reach = long.MaxValue / 100;
        return first >= DateTime.UnixEpoch.Ticks - reach && last <= DateTime.UnixEpoch.Ticks + reach
            ? true
            : throw new ArgumentException(
                "A cutoff must be a whole number of microseconds, or lie between the years 1678 and 2262, to be stored without loss. Got one that is neither. Round the cutoffs.");
    }

    /// <summary>Converts ticks to what is stored: microseconds or nanoseconds since 1970.</summary>
    public static long ToStored(long ticks, bool nanoseconds)
    {
        long since = ticks - DateTime.UnixEpoch.Ticks;
        return nanoseconds ? since * 100 : since / TimeSpan.TicksPerMicrosecond;
    }
}
