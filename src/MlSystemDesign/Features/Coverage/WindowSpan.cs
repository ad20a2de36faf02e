namespace MlSystemDesign.Features;

/// <summary>Finds where a window with a length starts and ends.</summary>
internal sealed class WindowSpan
{
    private readonly FeatureWindow _window;
    private readonly CalendarStarts? _calendar;

    internal WindowSpan(FeatureWindow window)
    {
        _window = window;
        _calendar = window.Kind == WindowKind.Calendar ? new CalendarStarts([window], TimeZoneInfo.FindSystemTimeZoneById(window.Zone!)) : null;
    }

    /// <summary>Finds the span at a cutoff, in UTC ticks. It may start and end before the first representable instant.</summary>
    internal (long Start, long End) At(long cutoff)
    {
        long end = WindowFamily.Before(cutoff, _window.Lag.Ticks);
        if (_calendar is null)
        {
            return (WindowFamily.Before(end, _window.Length.Ticks), end);
        }

        Span<long> start = stackalloc long[1];
        _calendar.Find(end, start);
        return (start[0], end);
    }
}
