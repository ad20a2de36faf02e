using MlSystemDesign.Evaluation;

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

    private static CostMatrix Costs(int n) => new(Column(n, 10), Column(n, 100), Column(n, 30), Column(n, 0));

    private static MoneyColumn Column(int n, double amount) => new(Enumerable.Repeat(amount, n).ToArray(), Currency.Eur);
}
