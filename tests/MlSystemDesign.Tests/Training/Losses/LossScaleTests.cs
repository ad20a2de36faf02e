using CsCheck;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Losses;

namespace MlSystemDesign.Tests.Training.Losses;

public class LossScaleTests
{
    private static readonly double[] Weights = [1, 2, 3, 4];

    [Fact]
    public void Of_TheBuiltInLosses_IsOne()
    {
        double rate = 4.0 / 10, start = Math.Log(rate / (1 - rate));
        Scale(new OwnLogLoss(), [0, 0, 0, 1], start, TargetKind.Probability).Should().BeApproximately(1, 1e-12);
        Scale(new HuberLoss(1), [5, 6, 7, 8], 6).Should().Be(1);
    }

    // p(1 − p) of the rate, 0.24, over the weighted mean hessian.
    [Fact]
    public void Of_AnotherLoss_BringsTheMeanHessianToTheBuiltInOne() => Gen.Select(Gen.Double[-12, 12], Gen.Double[-3, 3]).Sample((exponent, margin) =>
    {
        double hessian = Math.Pow(10, exponent);
        Scale(new QuantileLoss(0.3, hessian), [5, 6, 7, 8], margin).Should().BeApproximately(1 / hessian, 1e-12 / hessian);
        Scale(new ChangedLoss(new OwnLogLoss(), hessian: _ => hessian), [0, 0, 0, 1], margin, TargetKind.Probability).Should().BeApproximately(0.24 / hessian, 1e-12 / hessian);
    });

    [Fact]
    public void Of_ALossWithoutHessianAtTheStart_IsOne() => Scale(new ChangedLoss(new HuberLoss(1), hessian: _ => 0), [5, 6, 7, 8], 6).Should().Be(1);

    private static double Scale(IBoostingLoss loss, double[] labels, double start, TargetKind kind = TargetKind.Value) =>
        LossScale.Of(loss, new BoostingData(new double[labels.Length], 1, labels, Weights, [], kind), [0, 1, 2, 3], start);
}
