using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>Where a window starts and ends, in ticks that may lie before the first and after the last instant there is.</summary>
internal readonly record struct ReferenceWindow(Int128 Start, Int128 End)
{
    internal static ReferenceWindow Of(FeatureWindow window, long cutoff)
    {
        Int128 end = (Int128)cutoff - window.Lag.Ticks;
        return new ReferenceWindow(
            window.Kind switch
            {
                WindowKind.Fixed => end - window.Length.Ticks,
                WindowKind.Calendar => CalendarStart(end, window.Months, window.Days, TimeZoneInfo.FindSystemTimeZoneById(window.Zone!)),
                _ => Int128.MinValue,
            },
            end);
    }

    internal bool Contains(long ticks) => ticks >= Start && ticks < End;

    /// <summary>The same clock time some months and days before. Months first, the day moved to the last of a shorter month; then days; then back to UTC.
    /// <see cref="Int128.MinValue"/> where no clock of the calendar shows it.</summary>
    internal static Int128 CalendarStart(Int128 end, int months, int days, TimeZoneInfo zone)
    {
        // The calendar repeats every 400 years: some cycles more or less keep the arithmetic on dates that DateTime has.
        long cycle = TimeSpan.FromDays(146_097).Ticks;
        Int128 shift = end < cycle ? cycle * (1 + ((cycle - end) / cycle)) : end > DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay ? -cycle : 0;
        DateTime local = new((long)(end + Offset(zone, end) + shift));
        int month = (local.Year * 12) + local.Month - 1 - months;
        (int year, int monthOfYear) = (month / 12, (month % 12) + 1);
        DateTime date = new(year, monthOfYear, Math.Min(local.Day, DateTime.DaysInMonth(year, monthOfYear)));
        Int128 start = (Int128)date.Ticks + local.TimeOfDay.Ticks - TimeSpan.FromDays(days).Ticks - shift;
        return start < 0 ? Int128.MinValue : ToUtc(start, zone);
    }

    /// <summary>The instant at which the clocks show a time: of two the later, and of none the one that the offset before the gap gives.</summary>
    private static Int128 ToUtc(Int128 local, TimeZoneInfo zone)
    {
        Int128[] offsets = [Offset(zone, local - (2 * TimeSpan.TicksPerDay)), Offset(zone, local + (2 * TimeSpan.TicksPerDay))];
        Int128[] instants = [.. offsets.Select(o => local - o).Where(utc => utc + Offset(zone, utc) == local)];
        return instants.Length > 0 ? instants.Max() : local - offsets[0];
    }

    private static Int128 Offset(TimeZoneInfo zone, Int128 utc) =>
        zone.GetUtcOffset(new DateTime((long)Int128.Clamp(utc, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc)).Ticks;
}
