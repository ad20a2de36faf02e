namespace MlSystemDesign.Abstractions.Tests.Training;

public class SetTests
{
    private static readonly FeatureTable Table = new FeatureTableBuilder(["a", "b", "c"]).Number("x", [1, 2, 3]).Category("plan", ["p", "q", "p"]).Build();

    [Fact]
    public void New_WithTargetsAndWeights_KeepsThem()
    {
        double[] targets = [0, 1, 1], weights = [0.5, 1, 2];
        TrainingSet set = new(Table, targets, weights: weights, values: new MoneyColumn(new double[] { 10, double.NaN, 30 }, Currency.Eur));
        targets[0] = weights[0] = 7;
        set.Targets.ToArray().Should().Equal(0, 1, 1);
        set.Weights.ToArray().Should().Equal(0.5, 1, 2);
        set.PositiveCount.Should().Be(2);
        set.Count.Should().Be(3);
        new HoldoutSet(Table, [0, 0, 0]).Weights.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData(0.5, TargetKind.Probability, "A target must be 0 or 1. Got 0.5 in row 3. Leave rows without a mature label out.")]
    [InlineData(double.NaN, TargetKind.Probability, "A target must be 0 or 1. Got NaN in row 3. Leave rows without a mature label out.")]
    [InlineData(double.NaN, TargetKind.Value, "A target must be finite. Got NaN in row 3. Leave rows without a mature label out.")]
    [InlineData(double.PositiveInfinity, TargetKind.Value, "A target must be finite. Got Infinity in row 3. Leave rows without a mature label out.")]
    public void New_OfAnImpossibleTarget_NamesItsRow(double target, TargetKind kind, string message)
    {
        Cultures.In("nl-NL", () => FluentActions.Invoking(() => new TrainingSet(Table, [0, 1, target], kind)).Should().Throw<ArgumentException>().WithMessage(message));
        FluentActions.Invoking(() => new CalibrationSet(Table, [0, 1, target], kind)).Should().Throw<ArgumentException>().WithMessage(message);
        FluentActions.Invoking(() => new HoldoutSet(Table, [0, 1, target], kind)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1, "-1")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void New_OfAnImpossibleWeight_Refuses(double weight, string shown) => FluentActions.Invoking(() => new TrainingSet(Table, [0, 1, 1], weights: [1, weight, 1])).Should().Throw<ArgumentException>()
        .WithMessage($"A weight must be finite and above zero. Got {shown}. Leave the row out instead of weighting it with zero.");

    [Fact]
    public void New_OfOtherLengths_SaysThem()
    {
        FluentActions.Invoking(() => new TrainingSet(Table, [0, 1])).Should().Throw<ArgumentException>()
            .WithMessage("Targets, weights, values and costs must have one entry per row (3). Got 2 targets, 0 weights, 0 values and 0 costs. Pass as many, or none.");
        FluentActions.Invoking(() => new TrainingSet(Table, [0, 1, 1], weights: [1])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new TrainingSet(Table, [0, 1, 1], values: new MoneyColumn(new double[2], Currency.Eur))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new HoldoutSet(Table, [0, 1, 1], costs: Costs(2))).Should().Throw<ArgumentException>().WithMessage("*0 values and 2 costs.*");
    }

    [Fact]
    public void Costs_TravelWithTheirRows()
    {
        TrainingSet set = new(Table, [0, 1, 1], costs: Costs(3));

        (TrainingSet inside, CalibrationSet outside) = set.SplitOff([1, 0, 1], 1);

        set.Select([2, 0]).Costs!.FalsePositive.Amounts.ToArray().Should().Equal(2, 0);
        inside.Costs!.CostOf(0, acted: false, outcome: true).Should().Be(101);
        outside.Costs!.TruePositive.Amounts.ToArray().Should().Equal(200, 202);
        outside.Costs.TrueNegative.Amounts.ToArray().Should().Equal(300, 302);
        outside.Costs.Currency.Should().Be(Currency.Eur);
        new HoldoutSet(Table, [0, 1, 1], costs: Costs(3)).Costs!.Count.Should().Be(3);
        new TrainingSet(Table, [0, 1, 1]).Select([1]).Costs.Should().BeNull();
    }

    private static CostMatrix Costs(int rows)
    {
        return new CostMatrix(Column(0), Column(100), Column(200), Column(300));

        MoneyColumn Column(double from) => new(Enumerable.Range(0, rows).Select(i => from + i).ToArray(), Currency.Eur);
    }

    [Fact]
    public void SplitOff_OneFold_PartsEveryRowWithAllThatGoesWithIt()
    {
        TrainingSet set = new(Table, [2, 4, 6], TargetKind.Value, [1, 2, 3], new MoneyColumn(new double[] { 10, 20, 30 }, Currency.Usd));
        var (inside, outside) = set.SplitOff([0, 1, 0], 1);
        inside.Features.Observations.Entities.ToArray().Should().Equal("a", "c");
        inside.Targets.ToArray().Should().Equal(2, 6);
        inside.Weights.ToArray().Should().Equal(1, 3);
        inside.Values!.Amounts.ToArray().Should().Equal(10, 30);
        inside.TargetKind.Should().Be(TargetKind.Value);
        outside.Features.Numbers("x").ToArray().Should().Equal(2);
        outside.Targets.ToArray().Should().Equal(4);
        outside.Weights.ToArray().Should().Equal(2);
        outside.Values!.Should().Match<MoneyColumn>(v => v.Amounts.ToArray()[0] == 20 && v.Currency == Currency.Usd);
        set.SplitOff([0, 1, 0], 5).Outside.Count.Should().Be(0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void SplitOff_OfOtherFoldLength_RefusesToLoseRows(int length) => FluentActions.Invoking(() => new TrainingSet(Table, [0, 1, 1]).SplitOff(new int[length], 0)).Should().Throw<ArgumentException>()
        .WithMessage($"Each row must have a fold. Got {length} folds for 3 rows. Pass one fold per row.*");

    [Fact]
    public void Predict_AlignsColumnsDictionariesAndCalibrates()
    {
        FeatureSchema trained = new([new FeatureColumn { Name = "plan", Kind = ColumnKind.Category, Levels = ["q", "r"] }, new FeatureColumn { Name = "x", Kind = ColumnKind.Number }]);
        TrainedModel model = new("sum", TargetKind.Value, trained, new SumPredictor(trained), new Halving());
        FeatureTable table = new FeatureTableBuilder(["a", "b", "c"]).Number("unused", [9, 9, 9]).Number("x", [1, 2, 3]).Category("plan", ["p", "q", null]).Build();
        model.Predict(table).Should().Equal([0.0, 1.0, 1.0], "half of x plus the code: p is unseen (-1), q is 0, missing is -1");
        model.Facts.Should().BeEmpty();
        model.Invoking(m => m.Predict(Table.AlignTo(new FeatureSchema([Table.Schema[0]])))).Should().Throw<ArgumentException>().WithMessage("The column must be one of the table. Got 'plan'. Use one of: x.*");
        model.Predict(table.SelectRows([])).Should().BeEmpty();
    }

    private sealed class SumPredictor(FeatureSchema schema) : IPredictor
    {
        public string Kind => "test.sum";

        public void Score(FeatureTable table, Span<double> scores)
        {
            table.Schema.Should().BeSameAs(schema);
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = table.Codes(0)[i] + table.Numbers(1)[i];
            }
        }
    }

    private sealed class Halving : ICalibrator
    {
        public string Kind => "test.halving";

        public double Calibrate(double score) => score / 2;
    }
}
