using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Transforms;

public class ColumnTransformTests
{
    private static readonly double NaN = double.NaN;

    [Theory]
    [InlineData(Imputation.Mean, 4)]
    [InlineData(Imputation.Median, 2)]
    [InlineData(Imputation.Constant, -1)]
    public void Imputation_SmallTable_IsCheckableByEye(Imputation by, double value)
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(4)).Number("x", [1, 2, NaN, 9]).Number("full", [1, 1, 1, 1]).Number("empty", [NaN, NaN, NaN, NaN]).Category("c", ["a", null, "a", "b"]).Build();
        (IFittedTransform fitted, FeatureTable rows) = Fit(new ImputationTransform(by, constant: -1), table);
        fitted.Output.Select(c => c.Name).Should().Equal("x", "x (missing)", "full", "empty", "c");
        rows.Numbers("x").ToArray().Should().Equal(1, 2, value, 9);
        rows.Numbers("x (missing)").ToArray().Should().Equal(0, 0, 1, 0);
        rows.Numbers("empty").ToArray().Should().Equal(-1, -1, -1, -1);
        rows.Codes(4).ToArray().Should().Equal(table.Codes(3).ToArray());
    }

    // NumPy percentile (linear): quartiles of 1, 2, 3, 4, 100 are 2 and 4, the median 3.
    [Fact]
    public void Scaling_RobustAndStandard_UseTheirStatistics()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(5)).Number("x", [1, 2, 3, 4, 100]).Number("same", [1e9, 1e9, 1e9, 1e9, NaN]).Build();
        FeatureTable robust = Fit(new ScalingTransform(Scaling.Robust), table).Rows, standard = Fit(new ScalingTransform(), table).Rows;
        robust.Numbers("x").ToArray().Should().Equal(-1, -0.5, 0, 0.5, 48.5);
        double deviation = Math.Sqrt(((21 * 21) + (20 * 20) + (19 * 19) + (18 * 18) + (78 * 78)) / 5.0);
        standard.Numbers("x")[4].Should().BeApproximately(78 / deviation, 1e-14);
        standard.Numbers("same").ToArray().Should().Equal(0, 0, 0, 0, NaN);
    }

    [Fact]
    public void Fit_InfiniteValue_NamesColumnAndRow()
    {
        FeatureTable plain = new FeatureTableBuilder(TrainingSamples.Keys(4)).Number("x", [1, 2, 3, 9]).Build();
        FeatureTable table = new(plain.Observations, plain.Schema, [new[] { 1, 2, double.PositiveInfinity, 9 }], [default]);
        foreach (IFeatureTransform transform in new IFeatureTransform[] { new ImputationTransform(), new ScalingTransform(), new ScalingTransform(Scaling.Robust) })
        {
            FluentActions.Invoking(() => Fit(transform, table)).Should().Throw<TrainingException>().WithMessage("*infinity in 'x', row 3*");
        }
    }

    [Fact]
    public void OneHot_UnseenLevel_HasNoColumnSet()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(4)).Number("x", [1, 2, 3, 4]).Category("c", ["a", "b", "a", "b"]).Build();
        IFittedTransform fitted = Fit(new OneHotTransform(1), table).Fitted;
        FeatureTable later = fitted.Apply(new FeatureTableBuilder(TrainingSamples.Keys(2)).Category("c", ["new", "b"]).Number("x", [5, 6]).Build());
        later.Schema.Select(c => c.Name).Should().Equal("x", "c=a", "c=b");
        later.Numbers("c=a").ToArray().Should().Equal(0, 0);
        later.Numbers("c=b").ToArray().Should().Equal(0, 1);
        FluentActions.Invoking(() => fitted.Apply(new FeatureTableBuilder(TrainingSamples.Keys(1)).Number("c", [1]).Number("x", [1]).Build()))
            .Should().Throw<ArgumentException>().WithMessage("Column 'c' must hold Category values. Got Number.*");
    }

    [Fact]
    public void Ordinal_StatedAndOwnOrder_GivePlaces()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(4)).Category("size", ["big", "small", null, "mid"]).Category("c", ["b", "a", "b", "a"]).Build();
        FeatureTable rows = Fit(new OrdinalTransform(new Dictionary<string, IReadOnlyList<string>> { ["size"] = ["small", "mid", "big"] }), table).Rows;
        rows.Numbers("size").ToArray().Should().Equal(2, 0, NaN, 1);
        rows.Numbers("c").ToArray().Should().Equal(1, 0, 1, 0);
        FluentActions.Invoking(() => Fit(new OrdinalTransform(new Dictionary<string, IReadOnlyList<string>> { ["gone"] = [] }), table)).Should().Throw<TrainingException>().WithMessage("*Got 'gone', which is not there.*");
    }

    [Fact]
    public void TargetStatistic_SmallTable_IsCheckableByEye()
    {
        // Days 1, 2, 2, 4; a strength of 1; the label known after two days.
        FeatureTable table = Timed([1, 2, 2, 4], ["a", "a", "a", "a"]);
        TrainingSet set = new(table, [1, 0, 1, 0]);
        new TargetStatisticTransform(1).FitTransform(set).Rows.Numbers("c").ToArray()
            .Should().Equal([0.5, 0.875, 0.875, (2 + (2.5 / 4)) / 4], (a, b) => Math.Abs(a - b) < 1e-15);
        new TargetStatisticTransform(1, TimeSpan.FromDays(2)).FitTransform(set).Rows.Numbers("c").ToArray()
            .Should().Equal([0.5, 0.5, 0.5, (2 + (2.5 / 4)) / 4], (a, b) => Math.Abs(a - b) < 1e-15);

        // At scoring all four rows count; a level without rows and missing have the prior.
        double prior = 2.5 / 5;
        new TargetStatisticTransform(1, TimeSpan.MaxValue).FitTransform(set).Rows.Numbers("c").ToArray().Distinct().Should().ContainSingle("a target that is never known encodes nothing");
        new TargetStatisticTransform(1).Fit(set).Apply(Timed([9, 9], ["a", null])).Numbers("c").ToArray()
            .Should().Equal([(2 + prior) / 5, prior], (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void TargetStatistic_OwnAndLaterTargetsChanged_ChangesNothingBefore()
    {
        FeatureTable table = Timed([1, 2, 3, 4, 5, 6], ["a", "b", "a", "b", "a", null]);
        double[] before = new TargetStatisticTransform().FitTransform(new TrainingSet(table, [1, 0, 1, 1, 0, 1])).Rows.Numbers("c").ToArray();
        double[] after = new TargetStatisticTransform().FitTransform(new TrainingSet(table, [1, 0, 1, 0, 1, 0])).Rows.Numbers("c").ToArray();
        after[..4].Should().Equal(before[..4]);
        after[4].Should().NotBe(before[4]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TargetStatistic_RowsInAnotherOrder_GivesTheSameBits(bool timed)
    {
        TrainingSet set = TrainingSamples.Mixed(300, weighted: true);
        if (timed)
        {
            FeatureTable dated = Timed([.. Enumerable.Range(0, 300).Select(i => 1 + (i * 7 % 11))], [.. Enumerable.Range(0, 300).Select(i => set.Features.CategoryAt("plan", i))]);
            set = new TrainingSet(dated, set.Targets, weights: set.Weights);
        }

        int[] shuffled = [.. Enumerable.Range(0, 300).OrderBy(i => i * 7919 % 300)];
        FeatureTable plain = new TargetStatisticTransform().FitTransform(set).Rows, moved = new TargetStatisticTransform().FitTransform(set.Select(shuffled)).Rows;
        int column = plain.Schema.Count - 1;
        TrainingSamples.Bits(moved.Numbers(column)).Should().Equal(TrainingSamples.Bits(plain.SelectRows(shuffled).Numbers(column)));
    }

    [Fact]
    public void TargetStatistic_HundredThousandLevels_StaysNearThePrior()
    {
        const int n = 100_000;
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(n)).Category("c", [.. Enumerable.Range(0, n).Select(i => FormattableString.Invariant($"l{i}"))]).Build();
        double[] targets = [.. TrainingSamples.Uniform(n, 3).Select(u => u < 0.2 ? 1.0 : 0)];
        double[] rows = new TargetStatisticTransform().FitTransform(new TrainingSet(table, targets)).Rows.Numbers("c").ToArray();
        rows.Skip(1000).Average().Should().BeApproximately(0.2, 0.01);
        Enumerable.Range(0, n).Where(i => targets[i] == 1).Average(i => rows[i]).Should().BeApproximately(0.2, 0.01, "a level of one row says nothing of its own target");
    }

    [Fact]
    public void Pipeline_RoundTrip_GivesTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        PipelineTransform pipeline = new(new ImputationTransform(), new ScalingTransform(), new TargetStatisticTransform(), new ScalingTransform(Scaling.Robust));
        IFittedTransform fitted = pipeline.Fit(set), read = TrainingSamples.RoundTrip(fitted);
        FeatureTable expected = fitted.Apply(set.Features), actual = read.Apply(set.Features);
        expected.Schema.Select(c => c.Name).Should().Equal("recency", "recency (missing)", "amount", "constant", "plan");
        for (int c = 0; c < expected.Schema.Count; c++)
        {
            TrainingSamples.Bits(actual.Numbers(c)).Should().Equal(TrainingSamples.Bits(expected.Numbers(c)));
            expected.Numbers(c).ToArray().Should().OnlyContain(v => double.IsFinite(v));
        }

        TrainingSamples.RoundTrip(new PipelineTransform(new OneHotTransform(), new OrdinalTransform()).Fit(set)).Output.Count.Should().Be(7);
    }

    [Theory]
    [InlineData("\"column\":0", "\"column\":3")]
    [InlineData("\"scale\":", "\"scale\":-")]
    [InlineData("\"steps\":[", "\"steps\":[null,")]
    [InlineData("\"$type\":\"scaling\"", "\"$type\":\"unknown\"")]
    public void Codec_AlteredPayload_IsCorrupted(string from, string to)
    {
        IFittedTransform fitted = new ScalingTransform().Fit(TrainingSamples.Mixed());
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(fitted, payload =>
        {
            string text = System.Text.Encoding.UTF8.GetString(payload);
            text.Should().Contain(from);
            return System.Text.Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        }));
    }

    private static (IFittedTransform Fitted, FeatureTable Rows) Fit(IFeatureTransform transform, FeatureTable table) =>
        transform.FitTransform(new TrainingSet(table, [.. Enumerable.Range(0, table.RowCount).Select(i => (double)(i % 2))]));

    private static FeatureTable Timed(int[] days, string?[] levels)
    {
        DateTimeOffset start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        EntityKey[] keys = [.. TrainingSamples.Keys(days.Length)];
        return new FeatureTableBuilder(ObservationSet.Of(keys, [.. days.Select(d => start.AddDays(d).UtcTicks)])).Category("c", levels).Build();
    }
}
