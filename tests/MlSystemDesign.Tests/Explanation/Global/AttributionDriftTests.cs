using MlSystemDesign.Explanation;
using MlSystemDesign.Monitoring;

namespace MlSystemDesign.Tests.Explanation.Global;

/// <summary>Over 1500 runs in which nothing changed, at a nominal 5 %: Benjamini-Hochberg 4.0 % with other entities and 4.5 % with the same, Benjamini-Yekutieli 1.9 %.</summary>
public sealed class AttributionDriftTests
{
    private const int Runs = 300;

    [Theory]
    [InlineData(0)] // other entities: independent samples
    [InlineData(1)] // the same entities in another period: paired
    public void Compare_WhenNothingChanged_ReportsAnyChangeAtMostAtTheNominalRate(int paired)
    {
        DriftMonitorOptions options = new() { FalseDiscoveryRate = 0.05, Correction = FalseDiscoveryControl.BenjaminiHochberg };
        int alarms = 0;
        for (int run = 0; run < Runs; run++)
        {
            GlobalExplanation before = GlobalSamples.Explain(GlobalSamples.Draw(run * 2, 250, 2));
            GlobalExplanation after = GlobalSamples.Explain(GlobalSamples.Draw((run * 2) + 1, 120, 2, first: paired == 1 ? 0 : 1000));
            alarms += AttributionDrift.Compare(before, after, options).Columns.Any(c => c.Verdict is DriftVerdict.Material or DriftVerdict.ChangedButImmaterial) ? 1 : 0;
        }

        // 5 % of 300 is 15; three standard deviations of a binomial more is 26.
        alarms.Should().BeLessThanOrEqualTo(26);
    }

    [Fact]
    public void Compare_WhenOneFeatureCountsForMore_FindsItAndOnlyIt()
    {
        int found = 0, others = 0;
        for (int run = 0; run < 40; run++)
        {
            GlobalExplanation before = GlobalSamples.Explain(GlobalSamples.Draw(run * 2, 600));
            DriftReport report = AttributionDrift.Compare(before, GlobalSamples.Explain(GlobalSamples.Draw((run * 2) + 1, 600, scale: 1.8, first: 5000)));
            found += report.Columns[0] is { Column: "activity", Verdict: DriftVerdict.Material } ? 1 : 0;
            others += report.Columns.Count(c => c.Column != "activity" && c.Verdict != DriftVerdict.Stable);
        }

        (found, others).Should().Be((40, 0));
    }

    [Fact]
    public void Compare_OfTwoModelsOnTheSameRows_SeesASmallChangeAsRealAndImmaterial()
    {
        DriftReport report = AttributionDrift.Compare(GlobalSamples.Explain(GlobalSamples.Draw(1, 800)), GlobalSamples.Explain(GlobalSamples.Draw(1, 800, scale: 1.02)));

        ColumnDrift activity = report.Columns.Single(c => c.Column == "activity");
        activity.Verdict.Should().Be(DriftVerdict.ChangedButImmaterial);
        activity.Reason.Should().StartWith("changed beyond chance, too little to matter: mean |SHAP| ");
        activity.Statistics.Select(s => s.Name).Should().Equal("change of mean |SHAP|", "change of mean SHAP", "KS distance", "Wasserstein distance");
        activity.Statistics[0].Interval!.Lower.Should().BePositive("pairs of the same row leave little noise");
        report.Columns.Where(c => c.Column != "activity").Should().OnlyContain(c => c.Verdict == DriftVerdict.Stable);
    }

    // Attributions of a category take few values: any shift moves all rows to others, and the Kolmogorov-Smirnov distance is near 1 whatever its size.
    [Theory]
    [InlineData(1e-12, DriftVerdict.ChangedButImmaterial)]
    [InlineData(1e-4, DriftVerdict.ChangedButImmaterial)]
    [InlineData(1e-2, DriftVerdict.ChangedButImmaterial)]
    [InlineData(0.5, DriftVerdict.Material)]
    public void Compare_OfACategoryWhoseAttributionsMoved_CallsOnlyALargeMoveMaterial(double by, DriftVerdict expected)
    {
        var (attributions, rows) = GlobalSamples.Draw(1, 500);
        AttributionTable moved = GlobalSamples.Attributions(rows, [.. Enumerable.Range(0, rows.RowCount).SelectMany(i => (double[])[attributions[i, 0], attributions[i, 1], attributions[i, 2] + (Math.Sign(attributions[i, 2]) * by), 0])]);

        ColumnDrift plan = AttributionDrift.Compare(GlobalSamples.Explain((attributions, rows)), GlobalSamples.Explain((moved, rows))).Columns.Single(c => c.Column == "plan");

        plan.Verdict.Should().Be(expected);
        plan.Statistics.Single(s => s.Name == "KS distance").Value.Should().BeGreaterThan(0.7);
        plan.Statistics.Single(s => s.Name == "Wasserstein distance").Value.Should().BeApproximately(by, 1e-13, "every row moved by as much");
    }

    [Theory]
    [InlineData(500, null)] // more entities than the sample holds
    [InlineData(250, "not computable: only 250 rows on one side; 300 are needed, so that one row cannot raise an alarm")]
    [InlineData(90, "not computable: only 90 entities on one side; 300 are needed, so that one row cannot raise an alarm")]
    public void Compare_WithAMinimumAboveTheSample_CountsWhatWasExplained(int entities, string? reason)
    {
        GlobalExplanation explanation = GlobalSamples.Explain(GlobalSamples.Draw(1, entities), new GlobalExplainerOptions { SampleSize = 100 });

        AttributionDrift.Compare(explanation, explanation, new DriftMonitorOptions { MinimumRows = 300 })
            .Columns.Should().OnlyContain(c => reason == null ? c.Verdict == DriftVerdict.Stable : c.Reason == reason);
    }

    [Fact]
    public void Compare_WithItself_IsStable()
    {
        GlobalExplanation explanation = GlobalSamples.Explain(GlobalSamples.Draw(1, 100));

        DriftReport report = AttributionDrift.Compare(explanation, explanation);

        report.Verdict.Should().Be(DriftVerdict.Stable);
        report.Columns.Should().HaveCount(3);
        report.Checks.Select(c => c.ToString()).Should().Equal(
            "attributions: run, 3 of 3 feature(s), Benjamini-Yekutieli over 3 test(s) at 0.01", "base value: run, 0 before, 0 now");
    }

    [Fact]
    public void Compare_OfFewEntities_IsNotComputable()
    {
        DriftReport report = AttributionDrift.Compare(GlobalSamples.Explain(GlobalSamples.Draw(1, 100)), GlobalSamples.Explain(GlobalSamples.Draw(2, 29, 9)));

        report.Verdict.Should().Be(DriftVerdict.NotComputable);
        report.Columns.Should().OnlyContain(c => c.Reason == "not computable: only 29 entities on one side; 30 are needed, so that one row cannot raise an alarm");
        report.Checks[0].Status.Should().Be(CheckStatus.Undefined);
    }

    [Fact]
    public void Compare_WithAnIgnoredFeature_LeavesItOut() =>
        AttributionDrift.Compare(GlobalSamples.Explain(GlobalSamples.Draw(1, 50)), GlobalSamples.Explain(GlobalSamples.Draw(2, 50)), new DriftMonitorOptions { IgnoredColumns = ["plan"] })
            .Columns.Select(c => c.Column).Should().BeEquivalentTo("activity", "idle");
}
