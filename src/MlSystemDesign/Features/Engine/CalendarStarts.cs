namespace MlSystemDesign.Features;

/// <summary>Finds where calendar windows start. Safe for concurrent use.</summary>
internal sealed class CalendarStarts(FeatureWindow[] windows, TimeZoneInfo zone)
{
    private const long CalendarCycle = 146_097 * TimeSpan.TicksPerDay; // 400 years, after which dates and weekdays come again

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

        long clock = Math.Max(end + zone.GetUtcOffset(new DateTimeOffset(end, TimeSpan.Zero)).Ticks, 0);

        // East of Greenwich the last hours of the range lie in the year 10000, which has no date here, but one that is alike 400 years before.
        long shift = clock > DateTime.MaxValue.Ticks ? CalendarCycle : 0;
        for (int w = 0; w < starts.Length; w++)
        {
            starts[w] = StartOf(new DateTime(clock - shift), windows[w], shift);
        }
    }

    private long StartOf(DateTime clock, FeatureWindow window, long shift)
    {
        // Subtracting months first keeps "a month and a day" a month from the same day of the month.
        if ((clock.Year * 12L) + clock.Month - 13 < window.Months)
        {
            return long.MinValue;
        }

        long months = clock.AddMonths(-window.Months).Ticks + shift;
        return months / TimeSpan.TicksPerDay < window.Days ? long.MinValue : ToUtc(new DateTime(months - (window.Days * TimeSpan.TicksPerDay)));
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
