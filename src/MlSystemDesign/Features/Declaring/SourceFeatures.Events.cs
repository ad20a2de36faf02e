namespace MlSystemDesign.Features;

/// <content>Aggregates of event times. Days are 24 hours.</content>
public sealed partial class SourceFeatures
{
    /// <summary>The number of events; 0 for nothing.</summary>
    public SourceFeatures Count() => PerWindow(FeatureAggregate.Count);

    /// <summary>The number of events, of which one counts half for every half-life that it is old: "decayed_count_14d_90d". 0 for nothing.</summary>
    /// <param name="halfLife">A positive length.</param>
    public SourceFeatures DecayedCount(TimeSpan halfLife) => PerWindow(FeatureAggregate.DecayedCount, period: halfLife);

    /// <summary>Days from the newest event to the cutoff, whatever the windows; missing for nothing.</summary>
    public SourceFeatures Recency() => Once(FeatureAggregate.Recency);

    /// <summary>Days from the oldest event to the cutoff, whatever the windows; missing for nothing.</summary>
    public SourceFeatures Tenure() => Once(FeatureAggregate.Tenure);

    /// <summary>The mean of the days between neighbouring events; missing below two events.</summary>
    public SourceFeatures GapMean() => PerWindow(FeatureAggregate.GapMean);

    /// <summary>The sample standard deviation (n − 1) of the days between neighbouring events; missing below three events.</summary>
    public SourceFeatures GapStd() => PerWindow(FeatureAggregate.GapStd);

    /// <summary>The days between the two newest events; missing below two events.</summary>
    public SourceFeatures GapLast() => PerWindow(FeatureAggregate.GapLast);

    /// <summary>The number of days, counted back from the end of the window, with an event: "active_days_90d". 0 for nothing.</summary>
    public SourceFeatures ActiveDays() => ActivePeriods(TimeSpan.FromDays(1));

    /// <summary>The number of periods, counted back from the end of the window, with an event: "active_7d_periods_90d". 0 for nothing.</summary>
    /// <param name="period">A positive length.</param>
    public SourceFeatures ActivePeriods(TimeSpan period) => PerWindow(FeatureAggregate.ActivePeriods, period: period);

    /// <summary>The number of periods in a row with an event, up to the end of the window: "current_day_streak_90d". 0 when the newest period has none.</summary>
    /// <param name="period">A positive length; a day by default.</param>
    public SourceFeatures CurrentStreak(TimeSpan? period = null) => PerWindow(FeatureAggregate.CurrentStreak, period: period ?? TimeSpan.FromDays(1));

    /// <summary>The largest number of periods in a row with an event: "longest_7d_streak_90d". 0 for nothing.</summary>
    /// <param name="period">A positive length; a day by default.</param>
    public SourceFeatures LongestStreak(TimeSpan? period = null) => PerWindow(FeatureAggregate.LongestStreak, period: period ?? TimeSpan.FromDays(1));

    /// <summary>The share of the window that the source has observed, 0 to 1: tells silence from a window that nobody watched.</summary>
    public SourceFeatures Coverage() => PerWindow(FeatureAggregate.Coverage);
}
