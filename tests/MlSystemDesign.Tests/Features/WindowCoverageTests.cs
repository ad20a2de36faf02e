using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

public sealed class WindowCoverageTests
{
    private static readonly World Empty = new([new Activity("anna", World.At(5).UtcTicks, World.At(5).UtcTicks, 1, "ticket", 0)], []);

    private static readonly FeaturePlan Plan = FeaturePlan.For("activities", f => f
        .OverDays(10).Count().Sum("amount").Coverage().OverDays(40).Coverage().OverDays(10).LaggedByDays(20).Coverage().OverAllHistory().WithoutLag().Count().Recency());

    // Observed: [day 2, day 38). Cutoffs on days 12, 22 and 39.
    private static ObservationSet Rows => ObservationSet.Of(new[] { 12, 22, 39, 22 }.Select(day => new Observation("anna", World.At(day))));

    [Fact]
    public void Inspect_WindowsOfAPlan_TellsHowMuchWasObserved()
    {
        WindowCoverageReport report = WindowCoverage.Inspect(Plan, Empty.History().Schema, Rows);

        report.Windows.Select(w => (w.Window.ToString(), w.SmallestCoverage, w.MeanCoverage, w.FullyObserved, w.StartsTooEarly, w.EndsTooLate)).Should().Equal(
            ("10 d", 0.9, (1 + 1 + 1 + 0.9) / 4, 3, 0, 1),
            ("40 d", 0.25, (0.25 + 0.5 + 0.5 + 0.9) / 4, 0, 4, 1),
            ("10 d lagged 20 d", 0, 1.0 / 4, 1, 3, 0));
        report.Windows[0].Features.Should().Equal("count_10d", "amount_sum_10d", "coverage_10d");
        report.Windows[0].FullyObservedShare.Should().Be(0.75);
        report.Checks.Select(c => c.ToString()).Should().Equal(
            "coverage of activities over 10 d: run, 4 rows, coverage 0.9 at least and 0.975 in the mean, 3 fully observed",
            "coverage of activities over 40 d: run, 4 rows, coverage 0.25 at least and 0.5375 in the mean, 0 fully observed",
            "coverage of activities over 10 d lagged 20 d: run, 4 rows, coverage 0 at least and 0.25 in the mean, 1 fully observed",
            "coverage of activities over all history: not run, a window without a length has no coverage");
    }

    [Fact]
    public void Inspect_WindowThatEndsWithTheObservedSpan_IsObserved()
    {
        ObservedWindow window = WindowCoverage.Inspect(FeaturePlan.For("activities", f => f.OverDays(36).Count()), Empty.History().Schema, ObservationSet.At(["anna"], World.At(38))).Windows[0];

        (window.StartsTooEarly, window.EndsTooLate, window.SmallestCoverage).Should().Be((0, 0, 1));
    }

    [Fact]
    public void Inspect_LaggedMonth_IsTheMonthBeforeItsEnd()
    {
        HistorySchema fromFebruary = (Empty with { ActivitiesObserved = new TimeWindow(World.At(31), World.At(59)) }).History().Schema;
        FeaturePlan plan = FeaturePlan.For("activities", f => f.OverMonths("UTC", 1).LaggedByDays(31).Count());

        ObservedWindow window = WindowCoverage.Inspect(plan, fromFebruary, ObservationSet.At(["anna"], World.At(90))).Windows[0];

        (window.StartsTooEarly, window.EndsTooLate, window.SmallestCoverage).Should().Be((0, 0, 1), "a month from March back to February, as seen on the first of April");
    }

    [Fact]
    public void ThrowIfIncomplete_WindowsOutside_NamesEachWithItsRemedy()
    {
        WindowCoverageReport report = WindowCoverage.Inspect(Plan, Empty.History().Schema, Rows);

        FluentActions.Invoking(report.ThrowIfIncomplete).Should().Throw<PlanException>().Which.Faults.Should().Equal(
            "A window must lie in what its source has observed, or silence and a gap in the data look the same. Got 10 d of 'activities', observed [2026-01-03T00:00:00Z, 2026-02-08T00:00:00Z): " +
            "1 of 4 rows reach outside, with coverage down to 0.9 (count_10d, amount_sum_10d, coverage_10d). Take earlier cutoffs, bring the data up to date, or declare ObservedUntil.",
            "A window must lie in what its source has observed, or silence and a gap in the data look the same. Got 40 d of 'activities', observed [2026-01-03T00:00:00Z, 2026-02-08T00:00:00Z): " +
            "4 of 4 rows reach outside, with coverage down to 0.25 (coverage_40d). Take cutoffs whose windows lie inside, or add Coverage() so that a model can tell.",
            "A window must lie in what its source has observed, or silence and a gap in the data look the same. Got 10 d lagged 20 d of 'activities', observed [2026-01-03T00:00:00Z, 2026-02-08T00:00:00Z): " +
            "3 of 4 rows reach outside, with coverage down to 0 (coverage_10d_lag20d). Take later cutoffs or a shorter window, declare ObservedFrom, or add Coverage() so that a model can tell.");
    }

    [Fact]
    public void Inspect_RowsWhoseWindowsAreObserved_IsComplete()
    {
        FeaturePlan plan = FeaturePlan.For("activities", f => f.OverDays(10).Count());
        WindowCoverageReport report = WindowCoverage.Inspect(plan, Empty.History().Schema, ObservationSet.At(["anna", "ben"], World.At(12)));

        report.ThrowIfIncomplete().Should().BeSameAs(report);
        report.Windows.Should().ContainSingle().Which.SmallestCoverage.Should().Be(1);
        report.Windows[0].Fault.Should().BeNull();
    }

    [Fact]
    public void Inspect_CalendarWindow_FollowsTheClockOfItsZone()
    {
        // Amsterdam put its clocks forward on 29 March 2026: the day before 30 March 00:00 there has 23 hours.
        SourceSchema source = new() { Name = "s", Columns = [], Observed = new TimeWindow(new(2026, 3, 28, 23, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)) };
        ObservationSet row = ObservationSet.At(["anna"], new DateTimeOffset(2026, 3, 29, 22, 0, 0, TimeSpan.Zero));

        WindowCoverageReport report = WindowCoverage.Inspect(FeaturePlan.For("s", f => f.OverCalendarDays("Europe/Amsterdam", 1).Count().OverDays(1).Count()), new HistorySchema([source]), row);

        report.Windows.Select(w => w.SmallestCoverage).Should().Equal(1, 23.0 / 24);
    }

    [Fact]
    public void Inspect_WindowLongerThanTime_HasNextToNoCoverage()
    {
        FeaturePlan plan = FeaturePlan.For("activities", f => f.Over(TimeSpan.MaxValue).LaggedBy(TimeSpan.MaxValue).Count().WithoutLag().Count().OverMonths("UTC", 12_000).LaggedByDays(1_000_000).Count());

        WindowCoverage.Inspect(plan, Empty.History().Schema, Rows).Windows.Should().OnlyContain(w => w.SmallestCoverage >= 0 && w.SmallestCoverage < 0.001 && w.FullyObserved == 0);
    }

    [Fact]
    public void Inspect_RowsInAnotherOrder_GivesTheSameBits()
    {
        ObservationSet rows = ObservationSet.Of(Enumerable.Range(0, 200).Select(i => new Observation("anna", World.At(i * 37 % 200 / 5.0)))), sorted = ObservationSet.Of(rows.OrderBy(r => r.Cutoff));

        WindowCoverage.Inspect(Plan, Empty.History().Schema, rows).Windows.Select(w => w.MeanCoverage)
            .Should().Equal(WindowCoverage.Inspect(Plan, Empty.History().Schema, sorted).Windows.Select(w => w.MeanCoverage));
    }

    [Fact]
    public void Inspect_WithoutRowsOrCutoffs_SaysWhyThereIsNoNumber()
    {
        FeaturePlan plan = FeaturePlan.For("activities", f => f.OverDays(10).Count());

        WindowCoverage.Inspect(plan, Empty.History().Schema, ObservationSet.Empty).Checks.Should().Equal(new CheckOutcome("coverage of activities over 10 d", CheckStatus.Undefined, "there are no rows"));
        WindowCoverage.Inspect(plan, Empty.History().Schema, ObservationSet.WithoutTime(["anna"])).Checks
            .Should().Equal(new CheckOutcome("coverage of activities over 10 d", CheckStatus.NotRun, "the rows have no cutoffs"));
        FluentActions.Invoking(() => WindowCoverage.Inspect(FeaturePlan.For("nobody", f => f.Recency()), Empty.History().Schema, Rows)).Should().Throw<PlanException>();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(39)]
    public void Inspect_OneRow_AgreesWithTheCoverageFeature(int day)
    {
        FeaturePlan plan = FeaturePlan.For("activities", f => f.OverDays(1, 10, 40).Coverage());
        World known = new([new Activity("anna", World.At(2).UtcTicks, World.At(2).UtcTicks, 1, "ticket", 0)], []);
        ObservationSet row = ObservationSet.At(["anna"], World.At(day));

        FeatureTable table = Plans.Build(plan, known.History(), row);

        WindowCoverage.Inspect(plan, known.History().Schema, row).Windows.Select(w => w.MeanCoverage).Should().Equal(table.Schema.Select((_, c) => table.Numbers(c)[0]));
    }
}
