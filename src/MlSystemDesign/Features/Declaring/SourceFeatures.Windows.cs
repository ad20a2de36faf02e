namespace MlSystemDesign.Features;

/// <content>The windows of the aggregates that follow.</content>
public sealed partial class SourceFeatures
{
    /// <summary>Sets the windows [cutoff − length, cutoff) of the aggregates that follow.</summary>
    /// <param name="lengths">Positive lengths.</param>
    public SourceFeatures Over(params ReadOnlySpan<TimeSpan> lengths) => OverEach(lengths, FeatureWindow.Of);

    /// <summary>Sets the windows of the aggregates that follow. A lag of a window's own goes before that of <see cref="LaggedBy"/>.</summary>
    /// <param name="windows">Windows of any kind.</param>
    public SourceFeatures Over(params ReadOnlySpan<FeatureWindow> windows) => OverEach(windows, w => w);

    /// <summary>Sets the windows of the aggregates that follow, in days of 24 hours.</summary>
    /// <param name="days">Positive numbers of days.</param>
    public SourceFeatures OverDays(params ReadOnlySpan<int> days) => OverEach(days, d => FeatureWindow.Of(Days(d)));

    /// <summary>Sets the windows of the aggregates that follow, in calendar months that end at the cutoff, through clock changes.</summary>
    /// <param name="zone">The id of the zone whose calendar counts, such as "Europe/Amsterdam".</param>
    /// <param name="months">Positive numbers of months: 12 is a year.</param>
    public SourceFeatures OverMonths(string zone, params ReadOnlySpan<int> months) => OverEach(months, m => FeatureWindow.OfMonths(m, zone));

    /// <summary>Sets the windows of the aggregates that follow, in calendar days that end at the cutoff: of 23 to 25 hours where clocks change.</summary>
    /// <param name="zone">The id of the zone whose calendar counts, such as "Europe/Amsterdam".</param>
    /// <param name="days">Positive numbers of days.</param>
    public SourceFeatures OverCalendarDays(string zone, params ReadOnlySpan<int> days) => OverEach(days, d => FeatureWindow.OfCalendarDays(d, zone));

    /// <summary>Lets the aggregates that follow reach back to the first fact.</summary>
    public SourceFeatures OverAllHistory() => OverEach([FeatureWindow.WholeHistory], w => w);

    /// <summary>Lets the aggregates that follow look at the newest facts that pass the filters, however old.</summary>
    /// <param name="events">How many, from 1.</param>
    public SourceFeatures OverLastEvents(params ReadOnlySpan<int> events) => OverEach(events, FeatureWindow.OfLastEvents);

    /// <summary>Ends the windows of the aggregates that follow some time before the cutoff: "over 30 days, lagged by 30 days" is the month before the last one. Holds
    /// until set again, or <see cref="WithoutLag"/>.</summary>
    /// <param name="lag">Zero or positive.</param>
    public SourceFeatures LaggedBy(TimeSpan lag)
    {
        _lag = lag;
        return this;
    }

    /// <summary>Ends the windows of the aggregates that follow some days of 24 hours before the cutoff; see <see cref="LaggedBy"/>.</summary>
    /// <param name="days">Zero or positive.</param>
    public SourceFeatures LaggedByDays(int days) => LaggedBy(Days(days));

    /// <summary>Ends the windows of the aggregates that follow at the cutoff again.</summary>
    public SourceFeatures WithoutLag() => LaggedBy(TimeSpan.Zero);

    private SourceFeatures OverEach<T>(ReadOnlySpan<T> items, Func<T, FeatureWindow> window)
    {
        _windows = new FeatureWindow[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            _windows[i] = window(items[i]);
        }

        return this;
    }

    // More days than a TimeSpan holds are the most that it holds: the plan's faults and the engine deal with them like with any long window.
    private static TimeSpan Days(int days) => Math.Abs((long)days) <= TimeSpan.MaxValue.Days ? TimeSpan.FromDays(days) : days > 0 ? TimeSpan.MaxValue : TimeSpan.MinValue;
}
