using System.Globalization;

namespace MlSystemDesign;

/// <summary>A span of time, closed at the start and open at the end: [Start, End). Both are kept in UTC.</summary>
/// <remarks>There is no flag for the edges anywhere in this library: no fact is ever both a feature and a label.</remarks>
public readonly record struct TimeWindow
{
    /// <summary>Creates a window.</summary>
    /// <param name="start">The first instant inside.</param>
    /// <param name="end">The first instant after it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="end"/> is not after <paramref name="start"/>.</exception>
    public TimeWindow(DateTimeOffset start, DateTimeOffset end)
    {
        if (end <= start)
        {
            throw new ArgumentOutOfRangeException(
                nameof(end),
                $"A window must end after it starts. Got start {Text(start)} and end {Text(end)}. Give the window a positive length.");
        }

        Start = start.ToUniversalTime();
        End = end.ToUniversalTime();
    }

    /// <summary>Gets the first instant inside.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Gets the first instant after the window.</summary>
    public DateTimeOffset End { get; }

    /// <summary>Gets the length; positive.</summary>
    public TimeSpan Length => End - Start;

    /// <summary>The window of a feature: [cutoff − length, cutoff). A start before the first representable instant is moved there.</summary>
    /// <param name="cutoff">The instant before which facts may be used.</param>
    /// <param name="length">A positive length.</param>
    public static TimeWindow ForFeature(DateTimeOffset cutoff, TimeSpan length) =>
        new(length > cutoff - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : cutoff.ToUniversalTime() - length, cutoff);

    /// <summary>The window of a label: [cutoff + leadTime, cutoff + leadTime + horizon). An end after the last representable instant is moved there.</summary>
    /// <param name="cutoff">The instant before which facts may be used.</param>
    /// <param name="leadTime">Time to act; zero or positive.</param>
    /// <param name="horizon">The span in which the outcome counts; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lead time is negative, or the horizon is not positive.</exception>
    public static TimeWindow ForLabel(DateTimeOffset cutoff, TimeSpan leadTime, TimeSpan horizon)
    {
        if (leadTime < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(
                nameof(leadTime), $"The lead time must not be negative. Got {leadTime}. A label window that starts before its cutoff would hold facts that features use.");
        }

        DateTimeOffset start = Later(cutoff.ToUniversalTime(), leadTime);
        return new TimeWindow(start, Later(start, horizon));
    }

    /// <summary>Tells whether an instant lies inside.</summary>
    /// <param name="instant">Any instant.</param>
    public bool Contains(DateTimeOffset instant) => instant >= Start && instant < End;

    /// <summary>Tells whether two windows share an instant.</summary>
    /// <param name="other">Another window.</param>
    public bool Overlaps(TimeWindow other) => Start < other.End && other.Start < End;

    /// <summary>Returns the window as text, in UTC, such as <c>[2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z)</c>.</summary>
    public override string ToString() => $"[{Text(Start)}, {Text(End)})";

    private static DateTimeOffset Later(DateTimeOffset instant, TimeSpan length) =>
        length > DateTimeOffset.MaxValue - instant ? DateTimeOffset.MaxValue : instant + length;

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
