using CsCheck;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Losses;

namespace MlSystemDesign.Tests.Training.Losses;

public class LossStartTests
{
    [Fact]
    public void Of_LossesWithAKnownLeastConstant_IsThat() => Gen.Select(Gen.Int[1, 9].Array[3, 30], Gen.Double[-6, 8]).Sample((drawn, exponent) =>
    {
        double scale = Math.Pow(10, exponent);
        double[] labels = [.. drawn.Select(d => scale * d)], weights = [.. drawn.Select((_, i) => 1.0 + (i % 3))];
        double mean = labels.Zip(weights, (y, w) => y * w).Sum() / weights.Sum();

        Start(new HuberLoss(100 * scale), labels, weights).Should().BeApproximately(mean, 1e-9 * Math.Max(1, mean));
        Start(new PoissonLoss(), labels, weights).Should().BeApproximately(Math.Log(mean), 1e-9 * Math.Max(1, Math.Abs(Math.Log(mean))));
        Start(new QuantileLoss(0.37), labels, null).Should().BeApproximately(labels.Order().ElementAt((int)Math.Ceiling(0.37 * labels.Length) - 1), 1e-9 * Math.Max(1, mean));
    });

    [Fact]
    public void Of_TheLogLoss_IsTheLogOddsOfTheRate() => Start(new OwnLogLoss(), [1, 0, 0, 0], null, TargetKind.Probability).Should().BeApproximately(-Math.Log(3), 1e-10);

    [Fact]
    public void Of_ALossWithoutALeastConstant_SaysSo() => FluentActions.Invoking(() => Start(new ChangedLoss(new HuberLoss(1), _ => 1), [1, 2], null))
        .Should().Throw<BoostingException>().WithMessage("A loss must be least at some constant margin. Got 'changed loss', whose gradient over the training rows never changes its sign. Let the loss rise to both sides of the targets.");

    private static double Start(IBoostingLoss loss, double[] labels, double[]? weights, TargetKind kind = TargetKind.Value) =>
        LossStart.Of(loss, new BoostingData(new double[labels.Length], 1, labels, weights, [], kind), [.. Enumerable.Range(0, labels.Length)]);
}
