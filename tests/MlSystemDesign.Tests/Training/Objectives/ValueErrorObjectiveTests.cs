using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Objectives;

public class ValueErrorObjectiveTests
{
    // Errors 1, 2 and 3 of weights 1, 1 and 2.
    [Theory]
    [InlineData(ValueError.Squared, false, 14 / 3.0)]
    [InlineData(ValueError.Squared, true, 23 / 4.0)]
    [InlineData(ValueError.Absolute, false, 2)]
    [InlineData(ValueError.Absolute, true, 9 / 4.0)]
    public void Measure_OfThreeRows_IsTheMeanByWeight(ValueError error, bool weighted, double expected)
    {
        CalibrationSet set = Set([10, 20, 30], weighted ? [1, 1, 2] : []);
        ValueErrorObjective objective = new(error);

        Metric metric = objective.Measure([11, 18, 33], set);

        metric.Value.Should().BeApproximately(expected, 1e-12);
        (metric.Name, metric.Direction, metric.Count).Should().Be((error == ValueError.Squared ? "squared error" : "absolute error", MetricDirection.LowerIsBetter, 3));
        metric.Interval!.Lower.Should().BeLessThan(expected);
        double[] contributions = new double[3];
        objective.TryContributions([11, 18, 33], set, contributions).Should().BeTrue();
        contributions.Should().Equal(error == ValueError.Squared ? [1, 4, 9] : [1, 2, 3]);
        objective.Measure([33, 18, 11], Set([30, 20, 10], weighted ? [2, 1, 1] : [])).Should().Be(metric, "the order of rows changes no bit");
    }

    // Errors 1, 2, 3: mean 2, standard error 1/√3, so 2 ± 1.96/√3.
    [Fact]
    public void Measure_OfThreeRows_HasTheNormalInterval() =>
        new ValueErrorObjective(ValueError.Absolute).Measure([11, 18, 33], Set([10, 20, 30])).Interval!.Upper.Should().BeApproximately(2 + (1.959963984540054 / Math.Sqrt(3)), 1e-9);

    [Fact]
    public void Measure_OfRowsThatItCannotUse_SaysWhy()
    {
        ValueErrorObjective objective = new();
        objective.Measure([], Set([])).UndefinedReason.Should().Be("there are no rows");
        objective.Measure([1, double.NaN], Set([1, 2])).UndefinedReason.Should().Be("the prediction of row 2 is NaN");
        objective.Measure([1e300], Set([-1e300])).UndefinedReason.Should().Be("the errors are too large to be added up");
        objective.Measure([0.5], new CalibrationSet(Table(1), [1])).UndefinedReason.Should().Be("the targets are yes/no outcomes, not values");
        objective.TryContributions([0.5], new CalibrationSet(Table(1), [1]), new double[1]).Should().BeFalse();
        FluentActions.Invoking(() => new ValueErrorObjective((ValueError)9)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("error of ValueErrorObjective must be one of Squared, Absolute. Got 9.*");
    }

    private static CalibrationSet Set(double[] targets, double[]? weights = null) => new(Table(targets.Length), targets, TargetKind.Value, weights);

    private static FeatureTable Table(int rows) => new FeatureTableBuilder(TrainingSamples.Keys(rows)).Number("x", new double[rows]).Build();
}
