using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Features;

/// <summary>All events belong to one entity: none, one, or ten million, out of order, one every six seconds, whose value is three times its place in time.</summary>
public sealed class OneEntityTests
{
    private const int Many = 10_000_000;
    private const int Step = 7_368_787; // without a common divisor with the number of events, so that it visits each once
    private static readonly long Apart = 6 * TimeSpan.TicksPerSecond;
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly FeaturePlan Plan = FeaturePlan.For("readings", f => f
        .OverAllHistory().Count().Sum("value").Mean("value").Min("value").Max("value").Slope("value").Median("value").Distinct("value").First("value").Last("value").GapMean().GapStd()
        .ActiveDays().LongestStreak().Distinct("kind").Mode("kind").TopShare("kind").OverDays(30).Count().Distinct("value").Median("value").Recency().Tenure());

    [Fact]
    public void Build_NoEvent_GivesTheValuesForNothing()
    {
        FeatureTable table = Build(0);

        Plan.Features.Select((f, c) => f.Aggregate == FeatureAggregate.Mode ? double.NaN : table.Numbers(c)[0]).Should().Equal(table.Schema.Select(c => c.ValueForNothing));
        table.CategoryAt("kind_mode_all", 0).Should().BeNull();
    }

    [Fact]
    public void Build_OneEvent_HasNoSlopeAndNoGap()
    {
        FeatureTable table = Build(1);

        Value(table, "count_all").Should().Be(1);
        Value(table, "value_median_all").Should().Be(0);
        Value(table, "value_slope_all").Should().Be(double.NaN);
        Value(table, "gap_mean_all").Should().Be(double.NaN);
        Value(table, "recency").Should().Be((double)Apart / TimeSpan.TicksPerDay);
    }

    [Fact]
    public void Build_TenMillionEvents_AreAllCounted()
    {
        FeatureTable table = Build(Many);

        Value(table, "count_all").Should().Be(Many);
        Value(table, "value_sum_all").Should().Be(3.0 * Many * (Many - 1) / 2, "every partial sum is an integer below 2^53");
        Value(table, "value_mean_all").Should().Be(3.0 * (Many - 1) / 2);
        Value(table, "value_min_all").Should().Be(0);
        Value(table, "value_max_all").Should().Be(3.0 * (Many - 1));
        Value(table, "value_slope_all").Should().BeApproximately(3.0 * TimeSpan.TicksPerDay / Apart, 1e-6);
        Value(table, "value_median_all").Should().Be(3.0 * (Many - 1) / 2);
        Value(table, "value_distinct_all").Should().Be(Many);
        Value(table, "value_first_all").Should().Be(0);
        Value(table, "value_last_all").Should().Be(3.0 * (Many - 1));
        Value(table, "gap_mean_all").Should().BeApproximately((double)Apart / TimeSpan.TicksPerDay, 1e-18);
        Value(table, "gap_std_all").Should().Be(0);
        Value(table, "active_days_all").Should().Be(695);
        Value(table, "longest_day_streak_all").Should().Be(695);
        Value(table, "kind_distinct_all").Should().Be(3);
        table.CategoryAt("kind_mode_all", 0).Should().Be("a", "places 0, 3, … are one more than the others");
        Value(table, "kind_top1_share_all").Should().Be(3_333_334.0 / Many);
        Value(table, "count_30d").Should().Be(432_000);
        Value(table, "value_distinct_30d").Should().Be(432_000);
        Value(table, "value_median_30d").Should().Be(3 * (Many - 216_000.5));
        Value(table, "tenure").Should().Be((double)Many * Apart / TimeSpan.TicksPerDay);
    }

    private static double Value(FeatureTable table, string feature) => table.Numbers(feature)[0];

    private static FeatureTable Build(int events)
    {
        long[] entities = new long[events], times = new long[events];
        double[] values = new double[events];
        byte[] kinds = new byte[events];
        for (int i = 0; i < events; i++)
        {
            long place = (long)i * Step % Math.Max(events, 1);
            (times[i], values[i], kinds[i]) = (Start.UtcTicks + (place * Apart), 3.0 * place, (byte)(place % 3));
        }

        DateTimeOffset cutoff = Start.AddTicks(events * Apart);
        IHistory history = new HistoryBuilder().AddEvents(
            "readings", new FactColumns(events).Entity(entities).Time(times).Number("value", values).Category("kind", kinds, ["a", "b", "c"]), m => m.ObservedFrom(Start).ObservedUntil(Start.AddYears(3))).Build().History;
        return Plans.Build(Plan, history, ObservationSet.At([0L], cutoff));
    }
}
