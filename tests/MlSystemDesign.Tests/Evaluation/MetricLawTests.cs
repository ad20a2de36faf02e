using CsCheck;
using MlSystemDesign.Evaluation;

namespace MlSystemDesign.Tests.Evaluation;

public sealed class MetricLawTests
{
    // Coarse scores, so that ties are common; weights with no finite binary form, so that the order of a sum would show.
    private static readonly Gen<(double Score, double Outcome, double Weight)[]> Rows =
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 1], Gen.Int[1, 29], (s, y, w) => (s / 20.0, (double)y, w / 10.0)).Array[2, 80];

    private delegate Metric Measure(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights);

    private static readonly Measure[] All =
    [
        (s, y, w) => RankingMetrics.AucRoc(s, y, w), (s, y, w) => RankingMetrics.AucRoc(s, y),
        (s, y, w) => RankingMetrics.AveragePrecision(s, y, w), (s, y, w) => RankingMetrics.AveragePrecision(s, y),
        (s, y, w) => ProperScores.LogLoss(s, y, w), (s, y, w) => ProperScores.LogLoss(s, y),
        (s, y, w) => ProperScores.Brier(s, y, w), (s, y, w) => ProperScores.Brier(s, y),
        (s, y, w) => ThresholdMetrics.Precision(s, y, 0.5), (s, y, w) => ThresholdMetrics.Recall(s, y, 0.5), (s, y, w) => ThresholdMetrics.F1(s, y, 0.5),
        (s, y, w) => CalibrationMetrics.ObservedOverExpected(s, y), (s, y, w) => CalibrationMetrics.Slope(s, y),
    ];

    [Fact]
    public void EveryMetric_WithRowsPermuted_KeepsEveryBit() => Gen.Select(Rows, Gen.Int).Sample((rows, seed) =>
    {
        (double, double, double)[] shuffled = [.. rows];
        new Random(seed).Shuffle(shuffled);
        foreach (Measure measure in All)
        {
            Apply(measure, shuffled).Should().Be(Apply(measure, rows)); // record equality: value, interval, reason, to the last bit
        }

        (double[] s, double[] y, _) = Split(rows);
        (double[] s2, double[] y2, _) = Split(shuffled);
        RankingMetrics.RocCurve(s2, y2, 10).Should().Equal(RankingMetrics.RocCurve(s, y, 10));
        CalibrationMetrics.Reliability(s2, y2, 5).Should().Equal(CalibrationMetrics.Reliability(s, y, 5));
    });

    [Fact]
    public void AucRoc_WithLabelsSwapped_IsOneMinusAuc() => Rows.Sample(rows =>
    {
        (double[] s, double[] y, double[] w) = Split(rows);
        double[] swapped = Array.ConvertAll(y, v => 1 - v);
        Metric auc = RankingMetrics.AucRoc(s, y), mirrored = RankingMetrics.AucRoc(s, swapped);
        if (auc.IsDefined)
        {
            mirrored.Value.Should().BeApproximately(1 - auc.Value!.Value, 1e-15);
            RankingMetrics.AucRoc(s, swapped, w).Value.Should().BeApproximately(1 - RankingMetrics.AucRoc(s, y, w).Value!.Value, 1e-12);
            mirrored.Interval?.Lower.Should().BeApproximately(1 - auc.Interval!.Upper, 1e-12);
        }

        mirrored.IsDefined.Should().Be(auc.IsDefined);
    });

    [Fact]
    public void WeightedMetrics_WithRowsDuplicated_EqualWeightTwo() => Rows.Sample(rows =>
    {
        (double[] s, double[] y, _) = Split(rows);
        double[] twos = new double[s.Length];
        Array.Fill(twos, 1);
        twos[0] = 2;
        double[] s2 = [.. s, s[0]], y2 = [.. y, y[0]];
        foreach (Measure measure in new Measure[] { All[0], All[2], All[4], All[6] })
        {
            Metric weighted = measure(s, y, twos), duplicated = measure(s2, y2, default);
            weighted.IsDefined.Should().Be(duplicated.IsDefined);
            if (weighted.IsDefined)
            {
                weighted.Value.Should().BeApproximately(duplicated.Value!.Value, 1e-12);
            }
        }
    });

    [Fact]
    public void EveryInterval_ContainsItsEstimate() => Rows.Sample(rows =>
    {
        foreach (Measure measure in All)
        {
            Metric metric = Apply(measure, rows);
            if (metric.Interval is { } interval)
            {
                interval.Contains(metric.Value!.Value).Should().BeTrue("{0} is an interval of its own estimate", metric);
            }
        }
    });

    [Fact]
    public void RocCurve_AreaByTrapezoids_IsTheAuc() => Rows.Sample(rows =>
    {
        (double[] s, double[] y, _) = Split(rows);
        IReadOnlyList<RocPoint> curve = RankingMetrics.RocCurve(s, y);
        Metric auc = RankingMetrics.AucRoc(s, y);
        curve.Any().Should().Be(auc.IsDefined);
        double area = curve.Zip(curve.Skip(1), (a, b) => (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2).Sum();
        area.Should().BeApproximately(auc.Value ?? 0, 1e-12);
    });

    private static Metric Apply(Measure measure, (double Score, double Outcome, double Weight)[] rows)
    {
        (double[] s, double[] y, double[] w) = Split(rows);
        return measure(s, y, w);
    }

    private static (double[] Scores, double[] Outcomes, double[] Weights) Split((double Score, double Outcome, double Weight)[] rows) =>
        ([.. rows.Select(r => r.Score)], [.. rows.Select(r => r.Outcome)], [.. rows.Select(r => r.Weight)]);
}
