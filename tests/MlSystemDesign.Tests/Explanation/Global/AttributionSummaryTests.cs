using MlSystemDesign.Explanation;

namespace MlSystemDesign.Tests.Explanation.Global;

public sealed class AttributionSummaryTests
{
    private static readonly ObservationSet FourRows = ObservationSet.WithoutTime(["a", "b", "c", "d"]);

    [Fact]
    public void ToExplanation_OfRowsThatCanBeCheckedByEye_GivesTheirMeans()
    {
        FeatureTable rows = GlobalSamples.Table(FourRows, [1, 2, 3, double.NaN], [0, 0, 0, 0], [0, 1, 1, -1]);
        AttributionTable attributions = GlobalSamples.Attributions(rows, [-1, 0, 0.5, 0, -0.5, 0.25, -0.5, 0, 1, 0, -0.5, 0, 2, -3, 0.5, 0]);

        GlobalExplanation explanation = GlobalSamples.Explain((attributions, rows));

        explanation.Features.Select(f => f.Feature).Should().Equal("activity", "plan", "idle");
        FeatureImportance activity = explanation.Features[0];
        activity.Columns.Should().Equal("days", "visits");
        activity.LeadingColumn.Should().Be("days");
        activity.MeanAbsolute.Value.Should().Be((1 + 0.25 + 1 + 1) / 4); // columns of a feature are added before the magnitude is taken
        activity.Mean.Value.Should().Be((-1 - 0.25 + 1 - 1) / 4);
        activity.Share.Value.Should().BeApproximately(0.8125 / (0.8125 + 0.5), 1e-15);
        double expected = new[] { (-0.5, -1.0), (-0.75, -0.25), (0.5, 1), (-0.5, -1) }.Average(r => Math.Abs(Sigmoid(r.Item1) - Sigmoid(r.Item1 - r.Item2)));
        activity.PredictionChange.Value.Should().BeApproximately(expected, 1e-15);
        activity.Direction.Value.Should().Be(1, "of the three rows whose days are known");
        explanation.Features[1].Direction.UndefinedReason.Should().Be("categories have no order");
        explanation.Features[2].Mean.Interval.Should().BeNull("a feature that never does anything has no spread");
        explanation.Features[2].Direction.UndefinedReason.Should().Be("one of the two values never changes");
    }

    [Fact]
    public void ToExplanation_OfValues_CutsThemByValueLevelAndMissing()
    {
        FeatureTable rows = GlobalSamples.Table(FourRows, [1, 2, 2, double.NaN], [0, 0, 0, 0], [0, 1, 1, -1]);
        AttributionTable attributions = GlobalSamples.Attributions(rows, [-1, 0, 0.5, 0, -0.5, 0, -0.5, 0, 1, 0, -0.7, 0, 2, 0, 0.4, 0]);

        GlobalExplanation explanation = GlobalSamples.Explain((attributions, rows), new GlobalExplainerOptions { Levels = 1 });

        Bins(explanation, "days").Should().Equal((1, null, false, 1, -1), (2, null, false, 2, 0.25), (double.NaN, null, true, 1, 2));
        Bins(explanation, "plan").Should().Equal((double.NaN, "gold", false, 2, -0.6), (double.NaN, null, false, 1, 0.5), (double.NaN, null, true, 1, 0.4));
    }

    [Fact]
    public void Bins_OfManyValues_HoldNearEqualNumbersAndEveryRow()
    {
        var batch = GlobalSamples.Draw(5, 1003);

        FeatureDependence days = GlobalSamples.Explain(batch, new GlobalExplainerOptions { Bins = 7 }).Dependence.Single(d => d.Column == "days");

        days.Bins.Should().HaveCount(7).And.OnlyContain(b => b.Count >= 143 && b.Count <= 144);
        days.Bins.Sum(b => b.Count).Should().Be(1003);
        days.Bins.Select(b => b.MeanValue).Should().BeInAscendingOrder();
        days.Bins[^1].Upper.Should().Be(double.PositiveInfinity);
        for (int b = 0; b < 6; b++)
        {
            days.Bins[b].MeanValue.Should().BeLessThanOrEqualTo(days.Bins[b].Upper);
            days.Bins[b + 1].MeanValue.Should().BeGreaterThan(days.Bins[b].Upper);
        }
    }

    [Fact]
    public void Add_InChunksOfAnySize_GivesTheSameBits()
    {
        var (attributions, rows) = GlobalSamples.Draw(3, 400, 3);
        GlobalExplanation whole = GlobalSamples.Explain((attributions, rows));
        AttributionSummary chunked = new(GlobalSamples.Model, rows);
        for (int start = 0, size = 1; start < rows.RowCount; start += size, size = (size * 2) + 1)
        {
            int[] picked = [.. Enumerable.Range(start, Math.Min(size, rows.RowCount - start))];
            FeatureTable part = rows.SelectRows(picked);
            chunked.Add(GlobalSamples.Attributions(part, [.. picked.SelectMany(i => attributions.Row(i).ToArray())]), part);
        }

        chunked.ToExplanation().Should().BeEquivalentTo(whole, o => o.WithStrictOrdering());
    }

    [Fact]
    public void Sample_TakesOneRowOfAnEntity_WhateverTheOrder()
    {
        var (attributions, rows) = GlobalSamples.Draw(3, 300, 4);
        int[] shuffled = [.. Enumerable.Range(0, rows.RowCount)];
        new Random(1).Shuffle(shuffled);
        FeatureTable mixed = rows.SelectRows(shuffled);
        GlobalExplainerOptions options = new() { SampleSize = 120 };

        AttributionPoint[] one = [.. GlobalSamples.Explain((attributions, rows), options).Features[0].Sample];
        AttributionPoint[] other = [.. GlobalSamples.Explain((GlobalSamples.Attributions(mixed, [.. shuffled.SelectMany(i => attributions.Row(i).ToArray())]), mixed), options).Features[0].Sample];

        one.Should().HaveCount(120).And.Equal(other);
        one.Distinct().Should().HaveCount(120);
    }

    [Fact]
    public void ToExplanation_WithoutRows_IsUndefinedWithItsReason()
    {
        FeatureTable none = GlobalSamples.Draw(1, 5).Rows.SelectRows([]);

        GlobalExplanation explanation = new AttributionSummary(GlobalSamples.Model, none).ToExplanation();

        (explanation.Rows, double.IsNaN(explanation.BaseValue)).Should().Be((0, true));
        explanation.Features.Should().HaveCount(3).And.OnlyContain(f => f.MeanAbsolute.UndefinedReason == "no row was explained" && f.Share.UndefinedReason == "no row was explained");
        explanation.Dependence.Should().HaveCount(4).And.OnlyContain(d => d.Bins.Count == 0);
    }

    [Fact]
    public void ToExplanation_OfAModelThatReadsNothing_HasNoShares() =>
        GlobalSamples.Explain((GlobalSamples.Attributions(GlobalSamples.Draw(1, 9).Rows, new double[36]), GlobalSamples.Draw(1, 9).Rows))
            .Features.Should().OnlyContain(f => f.Share.UndefinedReason == "no feature moves any score" && f.MeanAbsolute.Value == 0);

    [Fact]
    public void ToExplanation_ThenAddingMore_LeavesWhatWasGiven()
    {
        var (attributions, rows) = GlobalSamples.Draw(1, 50);
        AttributionSummary summary = new(GlobalSamples.Model, rows, new GlobalExplainerOptions { SampleSize = 100 });
        summary.Add(attributions, rows);
        GlobalExplanation before = summary.ToExplanation();
        string verdict = AttributionDrift.Compare(before, before).Columns[0].Reason;
        var (more, others) = GlobalSamples.Draw(2, 500, scale: 9);
        summary.Add(more, others);

        AttributionDrift.Compare(before, before).Columns[0].Reason.Should().Be(verdict);
        summary.ToExplanation().Rows.Should().Be(550);
    }

    [Fact]
    public void Add_OfAnotherExplainer_IsRefused()
    {
        var (attributions, rows) = GlobalSamples.Draw(1, 5);
        AttributionSummary summary = new(GlobalSamples.Model, rows);
        summary.Add(attributions, rows);

        Action act = () => summary.Add(GlobalSamples.Attributions(rows, new double[20], baseValue: 0.5), rows);

        act.Should().Throw<ArgumentException>().WithMessage(
            "All attributions of a summary must be of one explainer: base value 0, PathDependent. Got base value 0.5, PathDependent. Start another summary, and compare the two with AttributionDrift.*");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Add_OfWhatIsNotFinite_IsRefusedAndAddsNothing(double value)
    {
        FeatureTable rows = GlobalSamples.Draw(1, 2).Rows;
        AttributionSummary summary = new(GlobalSamples.Model, rows);

        Action act = () => summary.Add(GlobalSamples.Attributions(rows, [1, 1, 1, 1, 1, value, 1, 1]), rows);

        act.Should().Throw<ArgumentException>().WithMessage("Attributions must be finite. Got * in row 2. Repair the explainer that gave it.*");
        summary.ToExplanation().Rows.Should().Be(0);
    }

    [Fact]
    public void Create_WithOptionsOutOfRange_NamesThemAll()
    {
        Action act = () => _ = new AttributionSummary(GlobalSamples.Model, GlobalSamples.Draw(1, 2).Rows, new GlobalExplainerOptions { Bins = 1, Levels = 0, SampleSize = 9, Confidence = 1, Interactions = 0, InteractionRows = -1 });

        act.Should().Throw<PlanException>().Which.Faults.Should().HaveCount(6);
    }

    private static IEnumerable<(double Value, string? Level, bool Missing, int Count, double Mean)> Bins(GlobalExplanation explanation, string column) =>
        explanation.Dependence.Single(d => d.Column == column).Bins.Select(b => (b.MeanValue, b.Level, b.IsMissing, b.Count, Math.Round(b.Attribution.Value!.Value, 12)));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
