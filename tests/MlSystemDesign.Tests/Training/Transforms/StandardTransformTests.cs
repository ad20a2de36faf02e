using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Transforms;

public class StandardTransformTests
{
    private static readonly double NaN = double.NaN;

    [Fact]
    public void Fit_SmallTable_GivesValuesCheckableByEye()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(4))
            .Number("age", [1, 3, NaN, 5]).Number("same", [7, 7, 7, 7]).Category("plan", ["a", "b", "a", null]).Build();
        IFittedTransform fitted = new StandardTransform(new() { MinCategoryCount = 2 }).Fit(new TrainingSet(table, [0, 1, 0, 1]));
        FeatureTable result = fitted.Apply(table);

        fitted.Output.Select(c => c.Name).Should().Equal("age", "age (missing)", "plan=a", "plan=(other)", "plan=(missing)");
        double unit = 2 / Math.Sqrt(8.0 / 3);
        result.Numbers("age").ToArray().Should().Equal([-unit, 0, 0, unit], (a, b) => Math.Abs(a - b) < 1e-15);
        result.Numbers("age (missing)").ToArray().Should().Equal(0, 0, 1, 0);
        result.Numbers("plan=a").ToArray().Should().Equal(1, 0, 1, 0);
        result.Numbers("plan=(other)").ToArray().Should().Equal(0, 1, 0, 0);
        result.Numbers("plan=(missing)").ToArray().Should().Equal(0, 0, 0, 1);
    }

    [Fact]
    public void Apply_OtherRows_UsesTrainingStatisticsOnly()
    {
        FeatureTable training = new FeatureTableBuilder(TrainingSamples.Keys(4)).Number("x", [0, 2, 0, 2]).Category("c", ["a", "a", "b", "b"]).Build();
        IFittedTransform fitted = new StandardTransform(new() { MinCategoryCount = 1 }).Fit(new TrainingSet(training, [0, 1, 0, 1]));
        FeatureTable later = new FeatureTableBuilder(TrainingSamples.Keys(3)).Number("x", [11, NaN, 1]).Category("c", ["b", "new", null]).Build();
        FeatureTable result = fitted.Apply(later);
        result.Numbers("x").ToArray().Should().Equal(10, 0, 0);
        result.Numbers("c=a").ToArray().Should().Equal(0, 0, 0);
        result.Numbers("c=b").ToArray().Should().Equal(1, 0, 0);
    }

    [Fact]
    public void Fit_SkewedAmount_TakesTheLogarithm_ButNotOfARareFlag()
    {
        TrainingSet set = TrainingSamples.Mixed();
        double[] amount = set.Features.Numbers("amount").ToArray(), flag = [.. Enumerable.Range(0, set.Count).Select(i => i % 100 == 0 ? 1.0 : 0)];
        FeatureTable table = new FeatureTableBuilder(set.Features.Observations).Number("amount", amount).Number("flag", flag).Number("loss", [.. amount.Select(a => -a)]).Build();
        FittedStandardTransform fitted = (FittedStandardTransform)new StandardTransform().Fit(new TrainingSet(table, set.Targets));
        fitted.Numbers.Select(s => s.Log).Should().Equal(true, false, true);
        fitted.Output[0].Lineage.Should().Be("standardised signed logarithm, of amount");
        FeatureTable result = fitted.Apply(table);
        result.Numbers("loss").ToArray().Should().Equal(result.Numbers("amount").ToArray().Select(v => -v), "the rule is the same on both sides of zero");
        ((FittedStandardTransform)new StandardTransform(new() { SkewnessLimit = double.PositiveInfinity }).Fit(new TrainingSet(table, set.Targets)))
            .Numbers.Should().OnlyContain(s => !s.Log);
    }

    [Fact]
    public void Fit_Weights_EqualRepeatedRows()
    {
        double[] x = [1, 2, NaN, 10], repeated = [1, 1, 2, NaN, NaN, NaN, 10, 10];
        FittedStandardTransform weighted = Fit(x, [2, 1, 3, 2]), copied = Fit(repeated, []);
        weighted.Numbers[0].Mean.Should().BeApproximately(copied.Numbers[0].Mean, 1e-14);
        weighted.Numbers[0].Scale.Should().BeApproximately(copied.Numbers[0].Scale, 1e-14);

        static FittedStandardTransform Fit(double[] values, double[] weights)
        {
            FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(values.Length)).Number("x", values).Build();
            return (FittedStandardTransform)new StandardTransform().Fit(new TrainingSet(table, new double[values.Length], weights: weights));
        }
    }

    [Fact]
    public void Fit_ExtremeValues_StaysFinite()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(4))
            .Number("huge", [1e300, -1e300, 1e299, 0]).Number("tiny", [1e-300, 2e-300, 3e-300, 0]).Number("empty", [NaN, NaN, NaN, NaN]).Build();
        FeatureTable result = new StandardTransform().Fit(new TrainingSet(table, [0, 1, 0, 1])).Apply(table);
        result.Schema.Select(c => c.Name).Should().Equal("huge", "tiny");
        result.Numbers(0).ToArray().Concat(result.Numbers(1).ToArray()).Should().OnlyContain(v => double.IsFinite(v));
    }

    [Fact]
    public void Output_EveryColumn_KeepsTheGroupOfItsSource()
    {
        FeatureTable plain = TrainingSamples.Mixed().Features;
        FeatureSchema schema = new(plain.Schema.Select(c => c.Name == "plan" ? c with { Group = "contract" } : c with { Group = "spending" }));
        FeatureTable table = plain.AlignTo(schema);
        FeatureSchema output = new StandardTransform().Fit(new TrainingSet(table, new double[table.RowCount])).Output;
        output.Should().OnlyContain(c => c.Group == (c.Name.StartsWith("plan", StringComparison.Ordinal) ? "contract" : "spending"));
        output.Select(c => c.Name).Should().Equal("recency", "recency (missing)", "amount", "plan=monthly", "plan=yearly", "plan=(other)", "plan=(missing)");
    }

    [Fact]
    public void Output_LevelNamedLikeOurs_GetsANameOfItsOwn()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(4)).Category("c", ["(missing)", "(missing)", null, "b"]).Build();
        new StandardTransform(new() { MinCategoryCount = 1 }).Fit(new TrainingSet(table, [0, 1, 0, 1])).Output.Select(c => c.Name)
            .Should().Equal("c=(missing)", "c=b", "c=(missing)'");
    }

    [Fact]
    public void Codec_RoundTrip_GivesTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        IFittedTransform fitted = new StandardTransform().Fit(set), read = TrainingSamples.RoundTrip(fitted);
        read.Output.Select(c => (c.Name, c.Group, c.Lineage)).Should().Equal(fitted.Output.Select(c => (c.Name, c.Group, c.Lineage)));
        FeatureTable expected = fitted.Apply(set.Features), actual = read.Apply(set.Features);
        for (int c = 0; c < expected.Schema.Count; c++)
        {
            TrainingSamples.Bits(actual.Numbers(c)).Should().Equal(TrainingSamples.Bits(expected.Numbers(c)));
        }
    }

    [Theory]
    [InlineData("\"column\":1", "\"column\":9")]
    [InlineData("\"column\":1", "\"column\":3")]
    [InlineData("\"kept\":[0", "\"kept\":[7")]
    [InlineData("{\"input\"", "{\"nothing\"")]
    [InlineData("\"numbers\":[", "\"numbers\":[null,")]
    [InlineData("}", "")]
    public void Codec_AlteredPayload_IsCorrupted(string from, string to)
    {
        IFittedTransform fitted = new StandardTransform().Fit(TrainingSamples.Mixed());
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(fitted, payload =>
        {
            string text = System.Text.Encoding.UTF8.GetString(payload);
            text.Should().Contain(from);
            return System.Text.Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        }));
    }

    [Fact]
    public void Codec_ColumnReadTwice_IsCorrupted()
    {
        IFittedTransform fitted = new StandardTransform().Fit(TrainingSamples.Mixed());
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(fitted, payload =>
        {
            string text = System.Text.Encoding.UTF8.GetString(payload);
            int start = text.IndexOf("\"categories\":[", StringComparison.Ordinal) + "\"categories\":[".Length;
            string step = text[start..(text.IndexOf('}', start) + 1)];
            return System.Text.Encoding.UTF8.GetBytes(text.Insert(start, step + ","));
        }));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Apply_InfiniteValue_IsRefusedByColumnAndRow(double infinite)
    {
        IFittedTransform fitted = new StandardTransform().Fit(TrainingSamples.Mixed());
        FeatureTable usual = TrainingSamples.Mixed(3).Features;
        FeatureTable rows = new(usual.Observations, usual.Schema, [new double[] { 1, infinite, 2 }, new double[] { 1, 2, 3 }, new double[] { 4, 4, 4 }, default], [default, default, default, usual.Codes(3).ToArray()]);
        FluentActions.Invoking(() => fitted.Apply(rows)).Should().Throw<ArgumentException>()
            .WithMessage("A feature must be finite, or NaN for missing. Got infinity in 'recency', row 2 of those to score. Repair the value or mark it missing.");
    }

    [Fact]
    public void Apply_ExtremeValues_StayFinite()
    {
        FeatureTable training = new FeatureTableBuilder(TrainingSamples.Keys(4)).Number("x", [0, 1e-9, 0, 1e-9]).Build();
        IFittedTransform fitted = new StandardTransform().Fit(new TrainingSet(training, [0, 1, 0, 1]));
        FeatureTable extreme = new FeatureTableBuilder(TrainingSamples.Keys(2)).Number("x", [double.MaxValue, double.MinValue]).Build();
        fitted.Apply(extreme).Numbers(0).ToArray().Should().Equal(1e100, -1e100);
    }

    [Fact]
    public void Fit_ThousandsOfFrequentLevels_IsRefusedWithWhatToDo()
    {
        const string remedy = "Raise MinCategoryCount, put a TargetStatisticTransform in front, or use LightGbmTrainer.";
        FeatureTableBuilder Rows(int count) => new FeatureTableBuilder(TrainingSamples.Keys(count));
        string[] Levels(int rows, int levels) => [.. Enumerable.Range(0, rows).Select(i => $"a{i % levels}")];
        Refused(Rows(2001).Category("account", Levels(2001, 2001)).Build(), $"At most 2000 levels of categories may have a column of their own. Got 2001 with 1 or more rows each, 2001 of them in 'account'. {remedy}");
        Refused(Rows(1500).Category("few", Levels(1500, 600)).Category("many", Levels(1500, 1500)).Build(), $"*Got 2100 with 1 or more rows each, 1500 of them in 'many'. {remedy}");

        static void Refused(FeatureTable table, string message)
        {
            TrainingSet set = new(table, [.. Enumerable.Range(0, table.RowCount).Select(i => (double)(i % 2))]);
            foreach (IFeatureTransform transform in new IFeatureTransform[] { new StandardTransform(new() { MinCategoryCount = 1 }), new OneHotTransform(1) })
            {
                FluentActions.Invoking(() => transform.Fit(set)).Should().Throw<TrainingException>().WithMessage(message);
            }
        }
    }

    [Fact]
    public void Constructor_OptionOutOfRange_NamesIt() =>
        FluentActions.Invoking(() => new StandardTransform(new() { MinCategoryCount = 0 })).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("MinCategoryCount of StandardTransform must be at least 1. Got 0. Set a value in that range.*");
}
