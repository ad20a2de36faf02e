using CsCheck;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Losses;

public class BoostingLossCheckTests
{
    [Fact]
    public void Run_OnLossesWithTheirDerivatives_FindsNothing() => Gen.Select(Gen.Double[0.01, 0.99], Gen.Double[0.1, 50], Gen.Double[-6, 6]).Sample((share, delta, exponent) =>
    {
        double scale = Math.Pow(10, exponent);
        double[] targets = [.. TrainingSamples.Uniform(50, 3).Select(u => scale * (u - 0.3))], counts = [0, 0, 1, 2, 5, 17];
        BoostingLossCheck.Run(new HuberLoss(delta * scale), targets).Should().BeEmpty();
        BoostingLossCheck.Run(new PseudoHuberLoss(delta * scale), targets).Should().BeEmpty();
        BoostingLossCheck.Run(new QuantileLoss(share), targets).Should().BeEmpty();
        BoostingLossCheck.Run(new OwnLogLoss(), [0, 1]).Should().BeEmpty();
        BoostingLossCheck.Run(new FocalLoss(delta / 15, share), [0, 1, 1]).Should().BeEmpty();
        BoostingLossCheck.Run(new PoissonLoss(), counts).Should().BeEmpty();
        BoostingLossCheck.Run(new PoissonLoss(), [1e6, 2e6]).Should().BeEmpty();
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(0.5)]
    [InlineData(1.01)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Run_OnAGradientTimesAFactor_FindsIt(double factor)
    {
        IBoostingLoss[] losses = [new OwnLogLoss(), new FocalLoss(), new HuberLoss(3), new PseudoHuberLoss(3), new QuantileLoss(0.8), new PoissonLoss()];
        foreach (IBoostingLoss loss in losses)
        {
            double[] targets = loss.Link == ScoreLink.Logit ? [0, 1] : [1, 2, 5, 9, 30];
            BoostingLossCheck.Run(new ChangedLoss(loss, g => factor * g), targets).Should().ContainSingle(loss.Name).Which.Should().StartWith("The gradient of loss 'changed loss' must be the slope of the loss. Got ");
        }
    }

    [Fact]
    public void Run_OnAFault_SaysWhereAndWhatToDo()
    {
        BoostingLossCheck.Run(new ChangedLoss(new OwnLogLoss(), g => -g), [0, 1]).Should().Equal(
            "The gradient of loss 'changed loss' must be the slope of the loss. Got -0.0060598 where the loss changes by 0.00605977 to 0.00605983 per unit of margin (margin -5.1, target 0). Correct its sign or factor.");
        BoostingLossCheck.Run(new ChangedLoss(new OwnLogLoss(), hessian: h => -h), [0]).Should().Equal(
            "The hessian of loss 'changed loss' must be finite and not negative. Got -0.00602308 (margin -5.1, target 0). Give a small positive number there, or an upper bound.");
        BoostingLossCheck.Run(new ChangedLoss(new QuantileLoss(0.5), hessian: _ => 0), [1, 2]).Should().Equal(
            "The hessian of loss 'changed loss' must be above zero somewhere, since it divides. Got 0 everywhere. Give 1, or an upper bound of the second derivative.");
        FluentActions.Invoking(() => BoostingLossCheck.Run(new OwnLogLoss(), [])).Should().Throw<ArgumentException>().WithMessage("There must be targets to look at a loss with. Got none.*");
    }
}
