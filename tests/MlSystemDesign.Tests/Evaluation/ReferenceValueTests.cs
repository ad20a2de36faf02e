using MlSystemDesign.Evaluation;
using static MlSystemDesign.Tests.Evaluation.ReferenceRows;

namespace MlSystemDesign.Tests.Evaluation;

/// <summary>Values of other tools on <see cref="ReferenceRows"/>: scikit-learn 1.2.1, pROC 1.18.0 (R 4), statsmodels, numpy by the definition.</summary>
public sealed class ReferenceValueTests
{
    private const double Tight = 1e-12;

    [Fact]
    public void AucRoc_OnReferenceRows_EqualsScikitLearnAndPRoc()
    {
        Metric auc = RankingMetrics.AucRoc(Probabilities, Outcomes);

        auc.Value.Should().BeApproximately(0.7539592760180995, Tight); // sklearn roc_auc_score; pROC auc
        // pROC var(method = "delong") = 0.0039975829112773482; the logit interval from it with z = 1.959963984540054, in numpy.
        auc.Interval!.Lower.Should().BeApproximately(0.6110712674655158, 1e-10);
        auc.Interval.Upper.Should().BeApproximately(0.8566653326700131, 1e-10);
        auc.Interval.Method.Should().Be("DeLong, logit scale");
        auc.Count.Should().Be(60);
    }

    [Fact]
    public void WeightedMetrics_OnReferenceRows_EqualScikitLearn()
    {
        RankingMetrics.AucRoc(Probabilities, Outcomes, Weights).Value.Should().BeApproximately(0.7747671506691902, Tight);
        RankingMetrics.AveragePrecision(Probabilities, Outcomes, Weights).Value.Should().BeApproximately(0.7777146358422491, Tight);
        ProperScores.LogLoss(Probabilities, Outcomes, Weights).Value.Should().BeApproximately(0.5629964596336714, Tight);
        ProperScores.Brier(Probabilities, Outcomes, Weights).Value.Should().BeApproximately(0.19158859527121, Tight);
    }

    [Fact]
    public void AveragePrecision_OnReferenceRows_EqualsScikitLearn()
    {
        Metric average = RankingMetrics.AveragePrecision(Probabilities, Outcomes);

        average.Value.Should().BeApproximately(0.7203112936984049, Tight);
        average.Interval!.Lower.Should().BeApproximately(0.5223928919901617, 1e-10); // Boyd, Eng, Page's formula in numpy
        average.Interval.Upper.Should().BeApproximately(0.8584385221936877, 1e-10);
    }

    [Fact]
    public void ProperScores_OnReferenceRows_EqualScikitLearn()
    {
        Metric loss = ProperScores.LogLoss(Probabilities, Outcomes), brier = ProperScores.Brier(Probabilities, Outcomes);

        loss.Value.Should().BeApproximately(0.5824625176819463, Tight); // log_loss(eps=1e-15)
        loss.Interval!.Lower.Should().BeApproximately(0.47270303988743956, 1e-10);
        loss.Interval.Upper.Should().BeApproximately(0.6922219954764529, 1e-10);
        brier.Value.Should().BeApproximately(0.2006166666666667, Tight);
        brier.Interval!.Lower.Should().BeApproximately(0.15292211475108095, 1e-10);
        brier.Interval.Upper.Should().BeApproximately(0.24831121858225244, 1e-10);
    }

    [Fact]
    public void ThresholdMetrics_OnReferenceRows_EqualScikitLearnAndStatsmodels()
    {
        Metric precision = ThresholdMetrics.Precision(Probabilities, Outcomes, 0.4), recall = ThresholdMetrics.Recall(Probabilities, Outcomes, 0.4);
        Metric f1 = ThresholdMetrics.F1(Probabilities, Outcomes, 0.4);

        precision.Value.Should().BeApproximately(0.6296296296296297, Tight); // 17 of 27
        precision.Interval!.Lower.Should().BeApproximately(0.44229234412102386, 1e-12); // proportion_confint(17, 27, method="wilson")
        precision.Interval.Upper.Should().BeApproximately(0.7846748703903441, 1e-12);
        recall.Value.Should().BeApproximately(0.6538461538461539, Tight); // 17 of 26
        recall.Interval!.Lower.Should().BeApproximately(0.4622057118881081, 1e-12);
        recall.Interval.Upper.Should().BeApproximately(0.8058776967705948, 1e-12);
        f1.Value.Should().BeApproximately(0.6415094339622641, Tight);
        f1.Interval!.Lower.Should().BeApproximately(0.48468824654462417, 1e-12); // wilson(17, 36), mapped by 2 J / (1 + J)
        f1.Interval.Upper.Should().BeApproximately(0.7729614344588415, 1e-12);
    }

    [Fact]
    public void CalibrationMetrics_OnReferenceRows_EqualStatsmodels()
    {
        Metric ratio = CalibrationMetrics.ObservedOverExpected(Probabilities, Outcomes), slope = CalibrationMetrics.Slope(Probabilities, Outcomes);

        ratio.Value.Should().BeApproximately(1.1333914559721012, Tight);
        ratio.Interval!.Lower.Should().BeApproximately(0.8389894756852008, 1e-10);
        ratio.Interval.Upper.Should().BeApproximately(1.4277934362590017, 1e-10);
        slope.Value.Should().BeApproximately(1.074830623469413, 1e-9); // statsmodels GLM(Binomial) on the log-odds
        slope.Interval!.Lower.Should().BeApproximately(0.39233806, 1e-7);
        slope.Interval.Upper.Should().BeApproximately(1.75732319, 1e-7);
    }

    [Theory]
    [InlineData(0, 10, 0.0, 0.2775327998628892)] // statsmodels proportion_confint(0, 10, method="wilson")
    [InlineData(10, 10, 0.7224672001371107, 1.0)]
    public void Wilson_AtTheEnds_IsNotEmptyAndStaysInside(int successes, int trials, double lower, double upper)
    {
        Interval interval = Intervals.Wilson(successes, trials);

        interval.Lower.Should().BeApproximately(lower, 1e-12);
        interval.Upper.Should().BeApproximately(upper, 1e-12);
    }
}
