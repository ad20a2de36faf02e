using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>Turns times without a zone into instants.</summary>
internal static class LocalTime
{
    /// <summary>Converts a wall-clock time of a zone to UTC ticks.</summary>
    /// <param name="time">The time on the clock; its kind is ignored.</param>
    /// <param name="zone">The zone; <see langword="null"/> is UTC.</param>
    /// <param name="ticks">The instant. A time that happens twice is taken as standard time.</param>
    /// <returns>False when clocks were put forward over the time, so that it never happened.</returns>
    public static bool TryToUtc(DateTime time, TimeZoneInfo? zone, out long ticks)
    {
        ticks = time.Ticks;
        if (zone is null || ReferenceEquals(zone, TimeZoneInfo.Utc))
        {
            return true;
        }

        DateTime clock = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(clock))
        {
            return false;
        }

        // GetUtcOffset gives the standard offset of an ambiguous time.
        ticks = Math.Clamp(time.Ticks - zone.GetUtcOffset(clock).Ticks, 0, DateTimeOffset.MaxValue.Ticks);
        return true;
    }

    /// <summary>Stores the instant of a time value in a draft, or says what is wrong with it.</summary>
    public static long Resolve(DateTime time, TimeZoneInfo? zone, string column, RowDraft draft)
    {
        if (time.Kind == DateTimeKind.Utc)
        {
            return time.Ticks;
        }

        if (time.Kind == DateTimeKind.Local)
        {
            draft.Fail(BadRowReason.TimeUnreadable, column, $"{Text(time)} in the machine's local time, which is another instant on another machine");
            return 0;
        }

        if (!TryToUtc(time, zone, out long ticks))
        {
            draft.Fail(BadRowReason.TimeSkippedByClock, column, $"{Text(time)}, over which {zone!.Id} put its clocks forward,");
        }

        return ticks;
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
