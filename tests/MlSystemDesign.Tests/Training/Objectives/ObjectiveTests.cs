using CsCheck;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Objectives;

public sealed class ObjectiveTests
{
    private static readonly Gen<(double P, double Y, double V, double W)[]> Rows =
        Gen.Select(Gen.Int[0, 10], Gen.Int[0, 1], Gen.Int[0, 5], Gen.Int[1, 29], (p, y, v, w) => (p / 10.0, (double)y, v * 30.1, w / 10.0)).Array[2, 40];

    private static readonly IObjective[] All = [new LogLossObjective(), new BrierObjective(), new AucObjective(), new F1Objective(0.3), new ValueAtCapacityObjective(0.3, 0.2, 1)];

    [Fact]
    public void Contributions_HaveTheMeasureAsTheirWeightedMean() => Rows.Sample(rows =>
    {
        foreach (IObjective objective in All.Where(o => o is not (AucObjective or F1Objective)))
        {
            (CalibrationSet set, double[] p) = Set(rows);
            double[] contributions = new double[set.Count];
            objective.TryContributions(p, set, contributions).Should().BeTrue();
            double mean = contributions.Zip(set.Weights.ToArray(), (c, w) => c * w).Sum() / set.Weights.ToArray().Sum();
            objective.Measure(p, set).Value.Should().BeApproximately(mean, 1e-12);
        }
    });

    [Fact]
    public void EveryObjective_WithRowsPermuted_KeepsEveryBit() => Gen.Select(Rows, Gen.Int).Sample((rows, seed) =>
    {
        (double, double, double, double)[] shuffled = [.. rows];
        new Random(seed).Shuffle(shuffled);
        foreach (IObjective objective in All)
        {
            (CalibrationSet a, double[] p) = Set(rows);
            (CalibrationSet b, double[] q) = Set(shuffled);
            objective.Measure(q, b).Should().Be(objective.Measure(p, a));
        }
    });

    [Fact]
    public void ValueAtCapacity_OfFourRows_ContactsTheBestHalf()
    {
        // Expected net values at effect 0.5 and cost 2: 0.8 x 0.5 x 100 - 2 = 38, 18, 8, 28. The capacity of two takes rows 1 and 4.
        CalibrationSet set = SetOf([1, 1, 0, 0], [100, 100, 100, 100]);
        double[] p = [0.8, 0.4, 0.2, 0.6], contributions = new double[4];
        ValueAtCapacityObjective objective = new(0.5, 0.5, 2);

        objective.TryContributions(p, set, contributions).Should().BeTrue();

        contributions.Should().Equal(48, 0, 0, -2);
        Metric measure = objective.Measure(p, set);
        measure.Value.Should().BeApproximately(11.5, 1e-12);
        measure.Unit.Should().Be("EUR");
        measure.Name.Should().Be("value at 50 % capacity");
        measure.Direction.Should().Be(MetricDirection.HigherIsBetter);
    }

    [Fact]
    public void ValueAtCapacity_WithTiesAtTheEdge_SharesWhatIsLeft()
    {
        CalibrationSet set = SetOf([1, 0, 0, 0], [100, 100, 100, 100]);
        double[] contributions = new double[4];

        new ValueAtCapacityObjective(0.5, 0.5, 2).TryContributions([0.4, 0.4, 0.4, 0.4], set, contributions).Should().BeTrue();

        contributions.Should().Equal(24, -1, -1, -1); // half a contact each
    }

    [Fact]
    public void ValueAtCapacity_NeverContactsUnknownOrWorthlessRows()
    {
        CalibrationSet set = SetOf([1, 1, 1], [double.NaN, 0, 100]);
        double[] contributions = new double[3];

        new ValueAtCapacityObjective(1, 0.5, 50).TryContributions([0.9, 0.9, 1], set, contributions).Should().BeTrue();

        contributions.Should().Equal(0, 0, 0); // unknown; -50; and exactly 0: no action wins the tie
    }

    [Fact]
    public void ValueAtCapacity_WithMoneyTimesTen_IsTenTimesTheValue() => Rows.Sample(rows =>
    {
        (CalibrationSet set, double[] p) = Set(rows);
        (CalibrationSet tenfold, _) = Set([.. rows.Select(r => (r.P, r.Y, r.V * 10, r.W))]);
        double? one = new ValueAtCapacityObjective(0.4, 0.25, 2).Measure(p, set).Value, ten = new ValueAtCapacityObjective(0.4, 0.25, 20).Measure(p, tenfold).Value;
        ten.Should().BeApproximately(10 * one!.Value, 1e-9);
    });

    [Fact]
    public void ValueAtCapacity_WithoutValuesOrRows_IsUndefinedWithTheReason()
    {
        double[] none = [];
        CalibrationSet bare = new(Table(2), [0, 1]);

        new ValueAtCapacityObjective(1, 0.5, 1).Measure([0.2, 0.3], bare).UndefinedReason.Should().Be("the set says nothing of what an outcome is worth");
        new ValueAtCapacityObjective(1, 0.5, 1).TryContributions([0.2, 0.3], bare, new double[2]).Should().BeFalse();
        new ValueAtCapacityObjective(1, 0.5, 1).Measure(none, SetOf(none, none)).UndefinedReason.Should().Be("there are no rows");
    }

    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(1.5, 0.5, 1)]
    [InlineData(0.5, 0, 1)]
    [InlineData(0.5, 0.5, -1)]
    [InlineData(0.5, 0.5, double.NaN)]
    public void ValueAtCapacity_OutOfRange_IsRefused(double share, double effect, double cost) =>
        FluentActions.Invoking(() => new ValueAtCapacityObjective(share, effect, cost)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void F1_OfFiveRows_CountsThoseAtTheThresholdAsCalled()
    {
        // Called: 0.4, 0.5, 0.9; hits two of three positives: 2 x 2 / (2 x 2 + 1 + 1).
        Metric measure = new F1Objective(0.4).Measure([0.1, 0.4, 0.5, 0.9, 0.2], SetOf([1, 0, 1, 1, 0], [1, 1, 1, 1, 1]));

        (measure.Name, measure.Value, measure.Direction).Should().Be(("F1", 2 / 3.0, MetricDirection.HigherIsBetter));
        new F1Objective().TryContributions([0.1], SetOf([1], [1]), new double[1]).Should().BeFalse();
        FluentActions.Invoking(() => new F1Objective(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("threshold of F1Objective must be in (0, 1]. Got 0. Set a value in that range.*");
    }

    [Fact]
    public void Auc_GivesNoContributions() => new AucObjective().TryContributions([0.1, 0.2], SetOf([0, 1], [1, 1]), new double[2]).Should().BeFalse();

    [Fact]
    public void Contributions_OfNoProbability_AreRefused() => new BrierObjective().TryContributions([0.1, 1.2], SetOf([0, 1], [1, 1]), new double[2]).Should().BeFalse();

    [Fact]
    public void Contributions_OfAnotherLength_NameTheLengths() =>
        FluentActions.Invoking(() => new LogLossObjective().TryContributions([0.1], SetOf([0, 1], [1, 1]), new double[2])).Should().Throw<ArgumentException>()
            .WithMessage("Predictions and contributions must have one place per row (2). Got 1 and 2. Pass spans of that length.");

    private static (CalibrationSet Set, double[] P) Set((double P, double Y, double V, double W)[] rows) => (
        new CalibrationSet(
            Table(rows.Length), [.. rows.Select(r => r.Y)], TargetKind.Probability, [.. rows.Select(r => r.W)], new MoneyColumn(rows.Select(r => r.V).ToArray(), Currency.Eur)),
        [.. rows.Select(r => r.P)]);

    private static CalibrationSet SetOf(double[] targets, double[] values) => new(Table(targets.Length), targets, values: new MoneyColumn(values, Currency.Eur));

    private static FeatureTable Table(int rows) => new FeatureTableBuilder(Enumerable.Range(0, rows).Select(i => new EntityKey(i))).Build();
}
