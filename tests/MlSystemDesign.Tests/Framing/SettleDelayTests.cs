using MlSystemDesign.Framing;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Framing;

/// <summary>A label is known only when its facts are: the second clock reaches the split.</summary>
public sealed class SettleDelayTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly (string Who, int On, int KnownOn)[] Rows = [("a", 0, 0), ("a", 12, 17), ("b", 1, 2), ("b", 40, 75)];

    [Fact]
    public void Label_OfASourceWithAFixedDelay_SettlesThatMuchLater() =>
        Settle(m => m.KnownAfter(TimeSpan.FromDays(3))).Should().Be(TimeSpan.FromDays(3));

    [Fact]
    public void Label_OfASourceWithKnownTimes_SettlesAfterTheLargestDelayInItsWindows() =>
        Settle(m => m.KnownTime(r => (DateTimeOffset?)Day.AddDays(r.KnownOn))).Should().Be(TimeSpan.FromDays(5), "the event of day 40 lies outside the label window");

    [Fact]
    public void Label_OfASourceKnownAtOnce_SettlesAtOnce() => Settle(m => m).Should().Be(TimeSpan.Zero);

    private static TimeSpan Settle(Func<ObjectMapping<(string Who, int On, int KnownOn)>, ObjectMapping<(string Who, int On, int KnownOn)>> clock)
    {
        IHistory history = new HistoryBuilder()
            .AddEvents("activities", Rows, m => clock(m.Entity(r => r.Who).Time(r => (DateTimeOffset?)Day.AddDays(r.On))))
            .Build().History;
        EventFrame frame = EventFrame.Absence("no activity", of: "activities", horizon: TimeSpan.FromDays(10));
        return frame.Label(history, ObservationSet.At(["a", "b"], Day.AddDays(10))).SettleDelay;
    }
}
