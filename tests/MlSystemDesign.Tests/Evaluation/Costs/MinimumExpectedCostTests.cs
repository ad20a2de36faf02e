using MlSystemDesign.Evaluation;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Evaluation.Costs;

public class MinimumExpectedCostTests
{
    // Break-even at C_FP / (C_FP + C_FN − C_TP) = 10 / (10 + 100 − 30) = 0.125.
    [Fact]
    public void Decide_AroundTheBreakEven_ActsAboveItOnly() =>
        MinimumExpectedCost.Decide([0.12, 0.125, 0.13, double.NaN], Costs(4)).Should().Equal(false, false, true, false);

    [Fact]
    public void Evaluate_SmallTable_IsCheckableByEye()
    {
        CostSavings result = MinimumExpectedCost.Evaluate([true, true, false, false], [1, 0, 1, 0], Costs(4));
        (result.Cost, result.CostOfNone, result.CostOfAll, result.Acted).Should().Be((140, 200, 80, 2));
        result.Savings.Value.Should().BeApproximately(1 - (140 / 80.0), 1e-15);
    }

    [Fact]
    public void Evaluate_NothingToSave_IsUndefinedInWords() =>
        MinimumExpectedCost.Evaluate([false], [0], Costs(1)).Savings.UndefinedReason.Should().StartWith("the better of acting never and always costs 0, so");

    [Fact]
    public void Evaluate_WhereActingEarns_IsUndefinedAndSaysWhatItCosts() => MinimumExpectedCost.Evaluate(
        [true], [1], new CostMatrix(Column(1, 1), Column(1, 0), Column(1, -9), Column(1, 0))).Savings.UndefinedReason.Should().StartWith("the better of acting never and always costs -9, so");

    [Theory]
    [InlineData(7)]
    [InlineData(-3)]
    public void Decide_ByWhatIsNoProbability_IsRefused(double p) =>
        FluentActions.Invoking(() => MinimumExpectedCost.Decide([p], Costs(1))).Should().Throw<ArgumentException>().WithMessage("A probability must lie in [0, 1]. Got * in row 1. *");

    [Theory]
    [InlineData(2)]
    [InlineData(double.NaN)]
    public void Evaluate_OfWhatIsNoOutcome_IsRefused(double outcome) =>
        FluentActions.Invoking(() => MinimumExpectedCost.Evaluate([true], [outcome], Costs(1))).Should().Throw<ArgumentException>().WithMessage("An outcome must be 0 or 1. Got * in row 1. *");

    [Fact]
    public void Constructor_LengthsDiffer_SaysSo() =>
        FluentActions.Invoking(() => new CostMatrix(Column(2, 1), Column(1, 1), Column(2, 1), Column(2, 1))).Should().Throw<ArgumentException>().WithMessage("The four costs must be finite, of one length*");

    [Fact]
    public void DecideAndEvaluate_OfASetThatCarriesCosts_AreThoseOfItsCosts()
    {
        CalibrationSet set = Set([1, 0, 1, 0], Costs(4));

        MinimumExpectedCost.Decide([0.12, 0.125, 0.13, 1], set).Should().Equal(false, false, true, true);
        MinimumExpectedCost.Evaluate([true, true, false, false], set).Should().Be(MinimumExpectedCost.Evaluate([true, true, false, false], set.Targets, set.Costs!));
        FluentActions.Invoking(() => MinimumExpectedCost.Decide([0.5], Set([1], null))).Should().Throw<ArgumentException>()
            .WithMessage("The set must carry what decisions cost. Got a set without costs. Pass costs when it is made, or decide by a CostMatrix.*");
    }

    [Fact]
    public void ExpectedCostObjective_IsTheMeanCostOfTheDecisions()
    {
        CalibrationSet set = Set([1, 0, 1, 0], Costs(4));
        double[] predictions = [0.9, 0.9, 0.05, 0.05], contributions = new double[4];
        ExpectedCostObjective objective = new();

        Metric cost = objective.Measure(predictions, set);

        (cost.Value, cost.Unit, cost.Direction).Should().Be(((30 + 10 + 100 + 0) / 4.0, "EUR", MetricDirection.LowerIsBetter));
        objective.TryContributions(predictions, set, contributions).Should().BeTrue();
        contributions.Should().Equal(30, 10, 100, 0);
        objective.Measure([0.9], Set([1], null)).UndefinedReason.Should().Be("the set says nothing of what decisions cost");
        objective.Measure([7], Set([1], Costs(1))).IsDefined.Should().BeFalse();
        objective.TryContributions([0.9], Set([1], null), new double[1]).Should().BeFalse();
    }

    [Fact]
    public void ExpectedCostObjective_CountsByWeight() => new ExpectedCostObjective()
        .Measure([0.9, 0.05], new CalibrationSet(Table(2), [1, 1], weights: [3, 1], costs: Costs(2))).Value.Should().Be(((3 * 30) + 100) / 4.0);

    [Fact]
    public async Task DecisionEvaluator_OfAHoldoutWithCosts_ReportsSavings()
    {
        HoldoutSet With(CostMatrix? costs) => new(Table(4), [1, 0, 1, 0], costs: costs);
        async Task<Metric?> Savings(HoldoutSet set, double[] predictions) =>
            (await new DecisionEvaluator().EvaluateAsync(new EvaluationContext { Holdout = set, Predictions = predictions })).Metrics.SingleOrDefault(m => m.Name == "savings");

        (await Savings(With(Costs(4)), [0.9, 0.9, 0.05, 0.05]))!.Value.Should().BeApproximately(1 - (140 / 80.0), 1e-15);
        (await Savings(With(Costs(4)), [0.9, 0.9, double.NaN, 0.05]))!.IsDefined.Should().BeFalse();
        (await Savings(With(null), [0.9, 0.9, 0.05, 0.05])).Should().BeNull();
    }

    private static CalibrationSet Set(double[] targets, CostMatrix? costs) => new(Table(targets.Length), targets, costs: costs);

    private static FeatureTable Table(int rows) => new FeatureTableBuilder(Enumerable.Range(0, rows).Select(i => new EntityKey(i))).Build();

    private static CostMatrix Costs(int n) => new(Column(n, 10), Column(n, 100), Column(n, 30), Column(n, 0));

    private static MoneyColumn Column(int n, double amount) => new(Enumerable.Repeat(amount, n).ToArray(), Currency.Eur);
}
