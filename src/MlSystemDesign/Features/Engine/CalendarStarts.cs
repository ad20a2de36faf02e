namespace MlSystemDesign.Features;

/// <summary>Finds where calendar windows start. Safe for concurrent use.</summary>
internal sealed class CalendarStarts(FeatureWindow[] windows, TimeZoneInfo zone)
{
    /// <summary>Finds the first instants inside the windows.</summary>
    /// <param name="end">Their end, in UTC ticks.</param>
    /// <param name="starts">One place per window, in UTC ticks; <see cref="long.MinValue"/> before the first representable instant.</param>
    internal void Find(long end, Span<long> starts)
    {
        if (end < 0)
        {
            starts.Fill(long.MinValue);
            return;
        }

        DateTime clock = new(Math.Clamp(end + zone.GetUtcOffset(new DateTimeOffset(end, TimeSpan.Zero)).Ticks, 0, DateTime.MaxValue.Ticks));
        for (int w = 0; w < starts.Length; w++)
        {
            starts[w] = StartOf(clock, windows[w]);
        }
    }

    private long StartOf(DateTime clock, FeatureWindow window)
    {
        // Subtracting months first keeps "a month and a day" a month from the same day of the month.
        if ((clock.Year * 12L) + clock.Month - 13 < window.Months)
        {
            return long.MinValue;
        }

        DateTime months = clock.AddMonths(-window.Months);
        return months.Ticks / TimeSpan.TicksPerDay < window.Days ? long.MinValue : ToUtc(months.AddDays(-window.Days));
    }

    /// <summary>Of a time that happens twice the standard one, the later instant, is taken, as everywhere; one that clocks were put forward over is moved by the same step.</summary>
    private long ToUtc(DateTime clock)
    {
        if (!zone.IsInvalidTime(clock))
        {
            return clock.Ticks - zone.GetUtcOffset(clock).Ticks;
        }

        // The offset before the change: a day earlier it held for certain.
        DateTimeOffset before = new(clock.Ticks - TimeSpan.TicksPerDay, TimeSpan.Zero);
        return clock.Ticks - zone.GetUtcOffset(before).Ticks;
    }
}
