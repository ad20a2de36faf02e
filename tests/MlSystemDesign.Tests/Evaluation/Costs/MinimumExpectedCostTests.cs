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
        MinimumExpectedCost.Evaluate([false], [0], Costs(1)).Savings.UndefinedReason.Should().StartWith("the better of acting never and always costs nothing");

    [Fact]
    public void Constructor_LengthsDiffer_SaysSo() =>
        FluentActions.Invoking(() => new CostMatrix(Column(2, 1), Column(1, 1), Column(2, 1), Column(2, 1))).Should().Throw<ArgumentException>().WithMessage("The four costs must be finite, of one length*");

    private static CostMatrix Costs(int n) => new(Column(n, 10), Column(n, 100), Column(n, 30), Column(n, 0));

    private static MoneyColumn Column(int n, double amount) => new(Enumerable.Repeat(amount, n).ToArray(), Currency.Eur);
}
