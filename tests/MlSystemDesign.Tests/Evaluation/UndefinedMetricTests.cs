using MlSystemDesign.Evaluation;

namespace MlSystemDesign.Tests.Evaluation;

public sealed class UndefinedMetricTests
{
    [Fact]
    public void EveryMetric_OfNoRows_IsUndefinedWithTheReason()
    {
        foreach (Metric metric in Each([], []))
        {
            metric.IsDefined.Should().BeFalse();
            metric.UndefinedReason.Should().Be("there are no rows");
        }
    }

    [Fact]
    public void EveryMetric_WithNaN_SaysHowMany()
    {
        foreach (Metric metric in Each([0.1, double.NaN, 0.7], [0, 1, 1]))
        {
            metric.UndefinedReason.Should().Be("1 of 3 predictions are missing (NaN)");
        }
    }

    [Fact]
    public void EveryMetric_WithAnOddOutcome_SaysSo()
    {
        foreach (Metric metric in Each([0.1, 0.2, 0.7], [0, 0.5, 1]))
        {
            metric.UndefinedReason.Should().Be("1 of 3 outcomes are neither 0 nor 1");
        }
    }

    [Fact]
    public void ProperScores_OutsideZeroToOne_AreUndefined_AndTheAucIsNot()
    {
        double[] scores = [-3, 0.2, 1.5], outcomes = [0, 0, 1];

        ProperScores.Brier(scores, outcomes).UndefinedReason.Should().Be("2 of 3 predictions are no probabilities: they lie outside [0, 1]");
        ProperScores.LogLoss(scores, outcomes).IsDefined.Should().BeFalse();
        CalibrationMetrics.ObservedOverExpected(scores, outcomes).IsDefined.Should().BeFalse();
        CalibrationMetrics.Reliability(scores, outcomes).Should().BeEmpty();
        RankingMetrics.AucRoc(scores, outcomes).Value.Should().Be(1);
    }

    [Fact]
    public void Metrics_OfUnequalLengths_NameAllLengths() =>
        FluentActions.Invoking(() => RankingMetrics.AucRoc([0.1, 0.2], [1])).Should().Throw<ArgumentException>()
            .WithMessage("Scores, outcomes and weights must have one length; weights may be absent. Got 2 scores, 1 outcomes and 0 weights. Pass one of each per row.");

    [Fact]
    public void RankingMetrics_OfOneClass_AreUndefined_AndProperScoresAreNot()
    {
        double[] scores = [0.1, 0.4], zeros = [0, 0], ones = [1, 1];

        RankingMetrics.AucRoc(scores, zeros).UndefinedReason.Should().Be("no row is positive: both classes must occur");
        RankingMetrics.AveragePrecision(scores, ones).UndefinedReason.Should().Be("every row is positive: both classes must occur");
        RankingMetrics.RocCurve(scores, ones).Should().BeEmpty();
        ProperScores.Brier(scores, zeros).Value.Should().BeApproximately(0.085, 1e-15);
        ProperScores.LogLoss(scores, ones).IsDefined.Should().BeTrue();
        ThresholdMetrics.Recall(scores, zeros, 0.3).UndefinedReason.Should().Be("no row is positive");
        ThresholdMetrics.Precision(scores, zeros, 0.9).UndefinedReason.Should().Be("no row is called positive at this threshold");
        ThresholdMetrics.F1(scores, zeros, 0.9).UndefinedReason.Should().Be("no row is positive or called positive");
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.2, 0.8, 0.9 }, 1.0)] // perfect separation: DeLong's variance is 0, which is no certainty
    [InlineData(new[] { 0.9, 0.8, 0.2, 0.1 }, 0.0)]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 }, 0.5)]
    public void AucRoc_WithZeroVariance_HasNoInterval(double[] scores, double auc)
    {
        Metric metric = RankingMetrics.AucRoc(scores, [0, 0, 1, 1]);

        metric.Value.Should().Be(auc);
        metric.Interval.Should().BeNull();
    }

    [Fact]
    public void AucRoc_WithOnePositive_HasAValueWithoutInterval()
    {
        Metric metric = RankingMetrics.AucRoc([0.1, 0.5, 0.3], [0, 0, 1]);

        metric.Value.Should().Be(0.5);
        metric.Interval.Should().BeNull();
    }

    [Fact]
    public void LogLoss_OfACertainError_CostsTheClip() =>
        ProperScores.LogLoss([0.0], [1]).Value.Should().BeApproximately(34.538776394910684, 1e-12); // -ln 1e-15

    [Fact]
    public void Slope_WithCertainPredictionsOrSeparation_SaysWhy()
    {
        CalibrationMetrics.Slope([0, 0.4, 0.6], [0, 1, 1]).UndefinedReason.Should().Be("a prediction of exactly 0 or 1 has no log-odds");
        CalibrationMetrics.Slope([0.2, 0.4, 0.6, 0.8], [0, 0, 1, 1]).UndefinedReason.Should().StartWith("the logistic fit does not converge");
        CalibrationMetrics.Slope([0.2, 0.2], [0, 1]).UndefinedReason.Should().Be("all predictions are equal");
    }

    [Fact]
    public void Reliability_WithOneLargeTie_MakesNoTinyBins()
    {
        double[] scores = [.. Enumerable.Repeat(0.1, 70), .. Enumerable.Range(0, 30).Select(i => 0.2 + (i / 100.0))];
        double[] outcomes = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 1.0 : 0.0)];

        IReadOnlyList<ReliabilityBin> bins = CalibrationMetrics.Reliability(scores, outcomes);

        bins.Select(b => b.Observed.Count).Should().Equal(70, 10, 10, 10);
        bins[0].Predicted.Should().BeApproximately(0.1, 1e-15);
        bins[0].Observed.Value.Should().BeApproximately(0.1, 1e-15);
        bins[1].Predicted.Should().BeApproximately(0.245, 1e-12);
    }

    [Fact]
    public void RocCurve_OfManyScores_IsThinnedAndKeepsItsEnds()
    {
        double[] scores = [.. Enumerable.Range(0, 5000).Select(i => i / 5000.0)], outcomes = [.. Enumerable.Range(0, 5000).Select(i => i % 3 == 0 ? 1.0 : 0.0)];

        IReadOnlyList<RocPoint> curve = RankingMetrics.RocCurve(scores, outcomes);

        curve.Count.Should().BeInRange(190, 200);
        curve[0].Should().Be(new RocPoint(0, 0));
        curve[^1].Should().Be(new RocPoint(1, 1));
        curve.Zip(curve.Skip(1), (a, b) => a.FalsePositiveRate + a.TruePositiveRate < b.FalsePositiveRate + b.TruePositiveRate).Should().AllBeEquivalentTo(true);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void TwoSidedQuantile_OutsideItsRange_SaysWhatToPass(double confidence) =>
        FluentActions.Invoking(() => Intervals.TwoSidedQuantile(confidence)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The confidence must lie inside (0, 1)*Pass 0.95 for 95 %.*");

    private static IEnumerable<Metric> Each(double[] scores, double[] outcomes) =>
    [
        RankingMetrics.AucRoc(scores, outcomes), RankingMetrics.AveragePrecision(scores, outcomes), ProperScores.LogLoss(scores, outcomes), ProperScores.Brier(scores, outcomes),
        ThresholdMetrics.Precision(scores, outcomes, 0.5), ThresholdMetrics.Recall(scores, outcomes, 0.5), ThresholdMetrics.F1(scores, outcomes, 0.5),
        CalibrationMetrics.ObservedOverExpected(scores, outcomes), CalibrationMetrics.Slope(scores, outcomes),
    ];
}
