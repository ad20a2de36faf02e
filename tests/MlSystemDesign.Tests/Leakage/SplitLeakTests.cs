using MlSystemDesign.Leakage;

namespace MlSystemDesign.Tests.Leakage;

public sealed class SplitLeakTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(35, false)] // the label window ends exactly at the holdout cutoff: half-open, so apart
    [InlineData(34, true)]
    public async Task Inspect_LabelWindows_MustEndByTheFirstHoldoutCutoff(int holdoutDay, bool leaks)
    {
        LeakageReport report = await Split([("a", Day), ("b", Day.AddDays(-30))], [("a", Day.AddDays(holdoutDay)), ("c", Day.AddDays(holdoutDay + 10))]);
        report.Findings.Should().HaveCount(leaks ? 1 : 0);
        if (leaks)
        {
            report.Verdict.Should().Be(LeakageVerdict.Leaking);
            report.Findings[0].Evidence.Should().Be(
                "1 of 2 training rows have a label window that ends after the first holdout cutoff 2026-02-04T00:00:00Z, such as [2026-01-06T00:00:00Z, 2026-02-05T00:00:00Z) of entity 'a'.");
        }
        else
        {
            report.Verdict.Should().Be(LeakageVerdict.NotTested, "a sound split alone proves nothing about the features");
        }
    }

    [Fact]
    public async Task Inspect_TheSameRowOnBothSides_IsProven()
    {
        LeakageReport report = await Split([("a", Day), ("b", Day)], [("b", Day), ("b", Day.AddDays(90))]);
        report.Findings.Select(f => f.Check).Should().Equal("label-window overlap", "rows on both sides of the split");
        report.Findings[1].Evidence.Should().Be("1 of 2 holdout rows are training rows too, such as entity 'b' at cutoff 2026-01-01T00:00:00Z.");
    }

    [Fact]
    public async Task Inspect_TheSameRowOfTablesWithoutTime_IsProven()
    {
        FeatureTable left = new FeatureTableBuilder(["a", "b"]).Number("x", [1, 2]).Build(), right = new FeatureTableBuilder(["b", "c"]).Number("x", [1, 2]).Build();
        LeakageReport report = await new LeakageGuard().InspectAsync(new LeakageContext
        {
            Training = new TrainingSet(left, [0, 1]), Holdout = new HoldoutSet(right, [0, 1]), Labels = Shop.Labels,
        });
        report.Findings.Should().ContainSingle().Which.Evidence.Should().Be("1 of 2 holdout rows are training rows too, such as entity 'b'.");
        report.Checks.Should().Contain(new CheckOutcome("label-window overlap", CheckStatus.NotRun, "the rows have no cutoffs"));
    }

    [Fact]
    public async Task Inspect_WithoutHoldout_SaysWhatIsMissing()
    {
        LeakageReport report = await new LeakageGuard().InspectAsync(new LeakageContext());
        report.Checks.Should().Contain(new CheckOutcome("label-window overlap", CheckStatus.NotRun, "there is no training set and no holdout set and no labels or frame"));
        report.Checks.Should().Contain(new CheckOutcome("rows on both sides of the split", CheckStatus.NotRun, "there is no training set and no holdout set"));
    }

    private static async Task<LeakageReport> Split((string Entity, DateTimeOffset Cutoff)[] training, (string Entity, DateTimeOffset Cutoff)[] holdout) =>
        await new LeakageGuard().InspectAsync(new LeakageContext
        {
            Training = new TrainingSet(Table(training), new double[training.Length]),
            Holdout = new HoldoutSet(Table(holdout), new double[holdout.Length]),
            Labels = Shop.Labels, // lead time 5 d, horizon 30 d
        });

    private static FeatureTable Table((string Entity, DateTimeOffset Cutoff)[] rows) =>
        new FeatureTableBuilder(ObservationSet.Of(rows.Select(r => new Observation(r.Entity, r.Cutoff)))).Number("x", new double[rows.Length]).Build();
}
