namespace MlSystemDesign.Features;

/// <summary>Ready plans for a first result in one line; add them to others with <see cref="FeaturePlan.And(FeaturePlan)"/>.</summary>
/// <remarks>They are plans like any other: <see cref="FeaturePlan.Features"/> lists what they hold, and nothing in them is fitted to data. Windows are days of 24 hours. Look at
/// <see cref="WindowCoverage.Inspect"/> when the history is shorter than the longest of them.</remarks>
/// <example><code>
/// FeaturePlan plan = FeaturePacks.RecencyFrequencyMonetary("orders", "amount").And(FeaturePacks.EngagementTrend("visits"));
/// </code></example>
public static class FeaturePacks
{
    /// <summary>How recently, how often and for how much: the classic description of a customer.</summary>
    /// <param name="source">A source of purchases.</param>
    /// <param name="amount">The number column of their value.</param>
    /// <returns>Days since the newest and the oldest purchase; number and sum over 30, 90 and 365 days (a month, a season, a year: the last so that a yearly rhythm shows) and over
    /// all history; the mean and the largest purchase of the last 365 days; the share of those that the source has observed.</returns>
    public static FeaturePlan RecencyFrequencyMonetary(string source, string amount)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(amount);
        return FeaturePlan.For(source, f => f
            .Recency().Tenure()
            .OverDays(30, 90, 365).Count().Sum(amount)
            .OverAllHistory().Count().Sum(amount)
            .OverDays(365).Mean(amount).Max(amount).Coverage());
    }

    /// <summary>Whether an entity gets more or less active, by its own standard.</summary>
    /// <param name="source">A source of events, such as visits.</param>
    /// <param name="value">A number column whose trend counts too, such as minutes; <see langword="null"/> for none.</param>
    /// <returns>Events over 7, 30 and 90 days, and in the 30 days before the last 30; their ratios 7 to 30 and 30 to 90 days, and the difference to the 30 days before; events
    /// that halve in weight every 14 days; active days over 30 and 90 days; weeks in a row with an event, now and at best, over 90 days; the mean and spread of the days between
    /// events over 90 days; days since the newest event, and those in gaps of the entity's own (above 1: overdue). With a value: its sum over 30 and 90 days, in the 30 days before the
    /// last 30, the ratio and the difference; its mean and slope over 90 days.</returns>
    public static FeaturePlan EngagementTrend(string source, string? value = null)
    {
        FeatureWindow month = FeatureWindow.Of(TimeSpan.FromDays(30)), monthBefore = month.LaggedBy(TimeSpan.FromDays(30));
        return FeaturePlan.For(source, f =>
        {
            f.OverDays(7, 30, 90).Count().Over(monthBefore).Count()
                .Ratio("count", 7, 30).Ratio("count", 30, 90).Difference("count", month, monthBefore)
                .OverDays(90).DecayedCount(TimeSpan.FromDays(14))
                .OverDays(30, 90).ActiveDays()
                .OverDays(90).CurrentStreak(TimeSpan.FromDays(7)).LongestStreak(TimeSpan.FromDays(7)).GapMean().GapStd()
                .Recency().Compare("recency", "recency_per_gap_90d", "recency", '/', "gap_mean_90d", null);
            if (value is not null)
            {
                f.OverDays(30, 90).Sum(value).Over(monthBefore).Sum(value)
                    .Ratio($"{value}_sum", 30, 90).Difference($"{value}_sum", month, monthBefore)
                    .OverDays(90).Mean(value).Slope(value);
            }
        });
    }
}
