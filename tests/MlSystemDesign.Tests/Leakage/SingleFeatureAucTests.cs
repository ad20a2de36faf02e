using MlSystemDesign.Leakage;

namespace MlSystemDesign.Tests.Leakage;

public sealed class SingleFeatureAucTests
{
    private const string Check = "single-feature AUC";

    [Fact]
    public void Of_WithTies_EqualsScikitLearnAndScipy()
    {
        // sklearn.metrics.roc_auc_score and scipy.stats.mannwhitneyu(method='asymptotic', use_continuity=False).
        (double auc, double p) = ColumnStrength.Of([1, 2, 2, 3, 3, 3, 4, 5, 5, 6], [0, 0, 1, 0, 1, 0, 1, 0, 1, 1]);
        auc.Should().BeApproximately(0.72, 1e-15);
        p.Should().BeApproximately(0.2418443040494631, 1e-12);
        ColumnStrength.Of([-1, -2, -2, -3, -3, -3, -4, -5, -5, -6], [0, 0, 1, 0, 1, 0, 1, 0, 1, 1]).Auc.Should().BeApproximately(0.72, 1e-15);
        ColumnStrength.Of([1, 1, 1, 1], [0, 1, 0, 1]).Should().Be((0.5, 1));
    }

    [Fact]
    public async Task Inspect_ColumnThatKnowsTheOutcome_IsASuspicionNotAProof()
    {
        double[] targets = Targets(200);
        LeakageReport report = await Inspect(targets, b => b
            .Number("honest", Noisy(targets, 1))
            .Number("reversed copy", [.. targets.Select((t, i) => (t == 1 ? -5 : 0) + (i % 3))])
            .Category("reason for leaving", [.. targets.Select((t, i) => t == 1 ? $"reason {i % 4}" : "stays")])
            .Number("filled in after", [.. targets.Select((t, i) => t == 1 ? i : double.NaN)]));
        report.Verdict.Should().Be(LeakageVerdict.NotTested);
        report.Findings.Should().OnlyContain(f => f.Severity == LeakageSeverity.Suspicion && f.Check == Check);
        report.Findings.Select(f => f.Column).Should().Equal("reversed copy", "reason for leaving", "filled in after", "filled in after");
        report.Findings[0].Evidence.Should().Be("'reversed copy' alone, by its value, separates the outcomes with an AUC of 1.0000 over 50 positive and 150 negative rows (limit 0.95).");
        report.Findings[3].Evidence.Should().Contain("by being missing");
    }

    [Fact]
    public async Task Inspect_CategoryWithOneLevelPerRow_IsNotSuspected()
    {
        double[] targets = Targets(200);
        (await Inspect(targets, b => b.Category("id", [.. targets.Select((_, i) => $"id {i}")]))).Findings.Should().BeEmpty();
    }

    [Fact]
    public async Task Inspect_PerfectColumnOfFewRows_MayBeChance()
    {
        double[] targets = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
        (await Inspect(targets, b => b.Number("x", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))).Findings.Should().BeEmpty();
    }

    [Fact]
    public async Task Inspect_OneClass_IsUndefined()
    {
        LeakageReport report = await Inspect(new double[20], b => b.Number("x", new double[20]));
        report.Checks.Should().Contain(new CheckOutcome(Check, CheckStatus.Undefined, "it needs 5 rows of each class; there are 0 positive and 20 negative ones"));
    }

    [Fact]
    public async Task Inspect_TargetThatIsAValue_IsNotRun()
    {
        FeatureTable table = new FeatureTableBuilder(["a", "b"]).Number("x", [1, 2]).Build();
        LeakageReport report = await new LeakageGuard().InspectAsync(new LeakageContext { Training = new TrainingSet(table, [3.5, 4], TargetKind.Value) });
        report.Checks.Single(c => c.Check == Check).Status.Should().Be(CheckStatus.NotRun);
    }

    private static double[] Targets(int n) => [.. Enumerable.Range(0, n).Select(i => i % 4 == 0 ? 1.0 : 0.0)];

    private static double[] Noisy(double[] targets, int seed)
    {
        Random random = new(seed);
        return [.. targets.Select(t => t + (random.NextDouble() * 3))];
    }

    private static async Task<LeakageReport> Inspect(double[] targets, Func<FeatureTableBuilder, FeatureTableBuilder> columns)
    {
        FeatureTable table = columns(new FeatureTableBuilder(Enumerable.Range(0, targets.Length).Select(i => new EntityKey((long)i)))).Build();
        return await new LeakageGuard().InspectAsync(new LeakageContext { Training = new TrainingSet(table, targets) });
    }
}
