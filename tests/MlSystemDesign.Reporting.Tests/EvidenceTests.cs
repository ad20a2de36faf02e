using MlSystemDesign.Reporting.Plots;

namespace MlSystemDesign.Reporting.Tests;

public class EvidenceTests
{
    private static readonly string Full = PageText.Of(SampleContent.Full);

    [Fact]
    public void Render_WithMetrics_ShowsValueIntervalMethodAndCount()
    {
        Full.Should().Contain("AUC-ROC 0.7657 0.7512 to 0.7803 95 % DeLong, logit scale 5,210 higher");
        Full.Should().Contain("share of positives 18.3 % 17.3 % to 19.4 % 95 % Wilson 5,210 describes");
        Full.Should().Contain("ranks the right one first in 76.6 % of cases");
    }

    [Fact]
    public void Render_WithUndefinedMetric_ShowsTheReasonInsteadOfANumber() =>
        Full.Should().Contain("precision undefined: no row reaches the threshold of 0.95 5,210 higher").And.Contain("1 metric could not be computed");

    [Fact]
    public void Render_WithEverythingUndefined_ShowsEveryReasonAndNoPlot()
    {
        EvaluationReport nothing = new()
        {
            Metrics = [Metric.Undefined("AUC-ROC", "the holdout holds one class only", 12)],
            Checks = [new CheckOutcome("value curve", CheckStatus.NotRun, "no business case was given"), new CheckOutcome("reliability", CheckStatus.Undefined, "all predictions are equal")],
            PickedCalibration = Metric.Undefined("picked calibration", "the policy picks nobody"),
        };
        string html = DecisionReport.Render(SampleContent.Full with { Evaluation = nothing, Alternatives = [], Decisions = null });
        PageText.Of(html).Should().Contain("AUC-ROC undefined: the holdout holds one class only 12").And.Contain("No ROC curve: the holdout holds one class only")
            .And.Contain("the evaluation gave no value curve: no business case was given").And.Contain("No reliability curve: all predictions are equal")
            .And.Contain("picked calibration undefined: the policy picks nobody").And.NotContain("0.0000");
        html.Should().NotContain("<svg");
    }

    [Fact]
    public void Render_WithInfiniteMetric_SaysInfinite() =>
        PageText.Of(SampleContent.Full with { Evaluation = SampleContent.Evaluation(10) with { Metrics = [Metric.Of("log loss", double.PositiveInfinity, 5)] } }).Should().Contain("log loss infinite no interval 5");

    [Fact]
    public void Render_OfDegenerateCurves_StillGivesAPage()
    {
        EvaluationReport evaluation = SampleContent.Evaluation(10) with
        {
            ValueCurve = [new ValuePoint(0, Money.Eur(0), SampleContent.Estimate(0, 0, 0))],
            Roc = [new RocPoint(0, 0)],
            Reliability = [new ReliabilityBin(0, Metric.Of("observed", 0, 1)), new ReliabilityBin(0.4, Metric.Undefined("observed", "an empty bin"))],
        };
        DecisionSet one = SampleContent.Decisions(1) with { Decisions = [SampleContent.Decisions(1).Decisions[0] with { Probability = double.NaN }] };
        string html = DecisionReport.Render(SampleContent.Full with { Evaluation = evaluation, Decisions = one, Alternatives = [PlanAlternative.Exact("a", Money.Eur(0)), PlanAlternative.Exact("b", Money.Eur(0))] });
        html.Should().NotContain("NaN").And.NotContain("∞");
        PageText.Of(html).Should().Contain("16 Mar 2026 no number 320 EUR");
    }

    [Fact]
    public void Render_WithLeakageReport_ShowsVerdictFindingsAndEveryCheck()
    {
        Full.Should().Contain("could not be known at the time?): clean");
        Full.Should().Contain("suspicion days_since_last_purchase single-feature AUC AUC 0.942 alone, above 0.9; n = 5210. Check that the column is not filled when the customer leaves.");
        Full.Should().Contain("label-window overlap leakage not run no holdout was given").And.Contain("duplicate rows across the split leakage undefined the holdout has one row").And.Contain("segments evaluation not run no segment column was given");
    }

    [Theory]
    [InlineData(LeakageVerdict.Leaking, "leaking", "A leak is proven")]
    [InlineData(LeakageVerdict.NotTested, "not tested", "free of leakage is not proven")]
    public void Render_WithoutCleanVerdict_SaysSoInTheLimitsToo(LeakageVerdict verdict, string word, string limit) =>
        PageText.Of(SampleContent.Full with { Leakage = SampleContent.Leakage with { Verdict = verdict } }).Should().Contain($"at the time?): {word}").And.Contain(limit);

    [Fact]
    public void Render_WithDrift_ShowsVerdictsStatisticsAndReasons()
    {
        Full.Should().Contain("Overall: material 20,840 reference rows against 5,210 current ones.");
        Full.Should().Contain("monthly_fee material PSI 0.3100 KS distance 0.1420 missing share 1.2 % < 0.001 PSI 0.31 is above 0.2 and beyond chance");
        Full.Should().Contain("plan not computable PSI undefined: no current value missing share 100.0 % none all current values are missing: the feed is dead");
    }

    [Fact]
    public void Render_WithManyDriftColumns_CountsThoseNotShown()
    {
        ColumnDrift[] columns = [.. Enumerable.Range(0, 75).Select(i => SampleContent.Drift.Columns[3] with { Column = $"c{i}" })];
        PageText.Of(SampleContent.Full with { Drift = SampleContent.Drift with { Columns = columns } }).Should().Contain("c59 stable").And.NotContain("c60 stable").And.Contain("Not shown: 15 stable.");
    }

    [Fact]
    public void Render_WithNothingButTheCase_SaysWhatWasNotRun()
    {
        string text = PageText.Of(new DecisionReportContent { Title = "t", Case = SampleContent.Case });
        text.Should().Contain("No decision was made").And.Contain("the predictions were not evaluated. Nothing is known of their quality.")
            .And.Contain("the features were not inspected for leakage. This is no pass.").And.Contain("today's data were not compared").And.Contain("Model not stated");
    }

    [Fact]
    public void Render_HowItWasMade_ShowsFrameFactsInOrderOfNameRemarksAndHashes()
    {
        Full.Should().Contain("churn 90 d: the outcome within 90 days, counted from 14 days after the cutoff").And.Contain("LightGBM on 4 features");
        Full.Should().Contain("learning rate: 0.05 leaves: 15 rounds: 85").And.Contain("17 rows refused").And.Contain("sum of amount over 90 d of purchases");
        Full.Should().Contain("System 9f2c1d0be88a41c75de0a1f3").And.Contain("Policy 77ab01c2d3e4f560").And.Contain("KPI " + SampleContent.Case.Kpi.Hash);
        Full.Should().Contain("prevent 24.0 % of outcomes (standard error 5.0 %), from: pilot of May 2025, 4000 per arm").And.Contain("Vouchers were only tried on customers of more than one year.");
    }

    [Fact]
    public void Render_WithTheChosenCountOnTheCurve_MarksIt()
    {
        DecisionReport.Render(SampleContent.Full).Should().Contain("chosen: 418");
        Full.Should().Contain("Dot: as many contacts as this plan makes.");
    }

    [Fact]
    public void Render_WithTheChosenCountBeyondTheCurve_SaysThatItIsNotMarked()
    {
        EvaluationReport evaluation = SampleContent.Evaluation(20);
        string html = DecisionReport.Render(SampleContent.Full with { Evaluation = evaluation with { ValueCurve = [.. evaluation.ValueCurve.Take(3)] } });
        html.Should().NotContain("chosen:");
        PageText.Of(html).Should().Contain("This plan contacts 418, which lies outside of the curve");
    }

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(50, 25.0)]
    [InlineData(100, 50.0)]
    [InlineData(150, 45.0)]
    [InlineData(200, 40.0)]
    public void ValueAt_InsideTheCurve_IsLinearBetweenItsPoints(int contacts, double expected) => ValueCurvePlot.ValueAt(Curve, contacts).Should().BeApproximately(expected, 1e-9);

    [Theory]
    [InlineData(-1)]
    [InlineData(201)]
    public void ValueAt_OutsideTheCurve_IsUnknown(int contacts) => ValueCurvePlot.ValueAt(Curve, contacts).Should().BeNull();

    [Fact]
    public void Of_AFrame_TakesItsNameHorizonAndLeadTime() => FrameDescription.Of(new Frame()).Should().Be(new FrameDescription("churn 30 d", TimeSpan.FromDays(30), TimeSpan.FromDays(3)));

    private static ValuePoint[] Curve =>
    [
        new ValuePoint(0, Money.Eur(0), SampleContent.Estimate(0, 0, 0)),
        new ValuePoint(100, Money.Eur(100), SampleContent.Estimate(50, 40, 60)),
        new ValuePoint(200, Money.Eur(200), SampleContent.Estimate(40, 20, 60)),
    ];

    private sealed class Frame : IProblemFrame
    {
        public string Kind => "test.frame";

        public string Name => "churn 30 d";

        public TimeSpan LeadTime => TimeSpan.FromDays(3);

        public TimeSpan Horizon => TimeSpan.FromDays(30);

        public IReadOnlyList<DateTimeOffset> Cutoffs(IHistory history) => throw new NotSupportedException();

        public ObservationSet Cohort(IHistory history, DateTimeOffset cutoff) => throw new NotSupportedException();

        public LabelledObservations Label(IHistory history, ObservationSet observations) => throw new NotSupportedException();
    }
}
