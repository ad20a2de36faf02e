namespace MlSystemDesign.Features;

/// <summary>How a window is measured.</summary>
public enum WindowKind
{
    /// <summary>A length of time: [cutoff − length, cutoff).</summary>
    Fixed,

    /// <summary>Calendar days and months in a zone, through its clock changes: [the same clock time so many days and months before, cutoff).</summary>
    Calendar,

    /// <summary>Everything back to the first fact.</summary>
    WholeHistory,

    /// <summary>The newest n facts, however old.</summary>
    LastEvents,
}

/// <summary>The window of a feature: where it starts, and how long before the cutoff it ends.</summary>
/// <remarks>Half-open, like every window: it ends at the cutoff (excluded), or <see cref="Lag"/> before it. Whatever the lag, only facts that were known before the
/// cutoff are in it. Whether it makes sense is told by <see cref="FeaturePlan.FaultsFor"/>. Two windows are equal when they say the same.</remarks>
public sealed record FeatureWindow
{
    /// <summary>The most calendar months of a window: 1000 years.</summary>
    public const int MaxMonths = 12_000;

    /// <summary>The most calendar days of a window, a little over 1000 years.</summary>
    public const int MaxDays = 366_000;

    private FeatureWindow()
    {
    }

    /// <summary>Gets everything back to the first fact.</summary>
    public static FeatureWindow WholeHistory { get; } = new() { Kind = WindowKind.WholeHistory };

    /// <summary>Gets how it is measured.</summary>
    public WindowKind Kind { get; private init; }

    /// <summary>Gets the length of a fixed window; zero otherwise.</summary>
    public TimeSpan Length { get; private init; }

    /// <summary>Gets the calendar months of a calendar window; zero otherwise.</summary>
    public int Months { get; private init; }

    /// <summary>Gets the calendar days of a calendar window, taken after the months; zero otherwise.</summary>
    public int Days { get; private init; }

    /// <summary>Gets the id of the zone whose calendar counts, as the time zone database spells it; <see langword="null"/> otherwise.</summary>
    public string? Zone { get; private init; }

    /// <summary>Gets the number of facts of a window of last events; zero otherwise.</summary>
    public int Events { get; private init; }

    /// <summary>Gets how long before the cutoff the window ends. Zero by default.</summary>
    public TimeSpan Lag { get; private init; }

    /// <summary>Gets a value indicating whether it has a length of time, fixed or by the calendar.</summary>
    internal bool IsTimed => Kind is WindowKind.Fixed or WindowKind.Calendar;

    /// <summary>A window of a fixed length: [cutoff − length, cutoff).</summary>
    /// <param name="length">A positive length.</param>
    public static FeatureWindow Of(TimeSpan length) => new() { Kind = WindowKind.Fixed, Length = length };

    /// <summary>A window of a fixed length.</summary>
    /// <param name="length">A positive length.</param>
    public static implicit operator FeatureWindow(TimeSpan length) => Of(length);

    /// <summary>A window of a fixed length: what the conversion does, as a call.</summary>
    /// <param name="length">A positive length.</param>
    public static FeatureWindow FromTimeSpan(TimeSpan length) => Of(length);

    /// <summary>A window of calendar months, such as 1 or 12, ending at the cutoff. The day is moved to the last of a shorter month.</summary>
    /// <param name="months">A positive number.</param>
    /// <param name="zone">The id of the zone, such as "Europe/Amsterdam".</param>
    public static FeatureWindow OfMonths(int months, string zone = "UTC") => OfCalendar(months, 0, zone);

    /// <summary>A window of calendar days, of 23 to 25 hours where clocks change, ending at the cutoff.</summary>
    /// <param name="days">A positive number.</param>
    /// <param name="zone">The id of the zone, such as "Europe/Amsterdam".</param>
    public static FeatureWindow OfCalendarDays(int days, string zone) => OfCalendar(0, days, zone);

    /// <summary>A window of calendar months and days, ending at the cutoff.</summary>
    /// <param name="months">Zero or a positive number.</param>
    /// <param name="days">Zero or a positive number; not both zero. Taken after the months.</param>
    /// <param name="zone">The id of the zone, such as "Europe/Amsterdam".</param>
    public static FeatureWindow OfCalendar(int months, int days, string zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new() { Kind = WindowKind.Calendar, Months = months, Days = days, Zone = zone };
    }

    /// <summary>The newest facts, however old.</summary>
    /// <param name="events">How many, from 1.</param>
    public static FeatureWindow OfLastEvents(int events) => new() { Kind = WindowKind.LastEvents, Events = events };

    /// <summary>Returns this window, ending earlier: the 30 days before the last 30 days are <c>Of(30 d).LaggedBy(30 d)</c>. Last events are those before the lag.</summary>
    /// <param name="lag">Zero or positive, of fixed length.</param>
    public FeatureWindow LaggedBy(TimeSpan lag) => this with { Lag = lag };

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">Such as "30 d", "all history", "last 5 events", "1 mo in Europe/Amsterdam" or "30 d lagged 7 d".</param>
    /// <exception cref="FormatException">The text is no window.</exception>
    public static FeatureWindow Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FeatureWindowText.Parse(text);
    }

    /// <summary>Returns the window in words: "30 d", "all history", "last 5 events", "1 mo in Europe/Amsterdam", "30 d lagged 7 d". Equal windows have equal text, in
    /// every culture.</summary>
    public override string ToString() => FeatureWindowText.Of(this);
}
