using CsCheck;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Calibration;

/// <summary>The reference values are those of Newton's method in NumPy and of SciPy's bounded L-BFGS-B on Platt's smoothed targets.</summary>
public class BetaAndTemperatureTests
{
    private static readonly double[] Scores = [-2.1, -1.4, -1.1, -0.6, -0.4, -0.1, 0.2, 0.3, 0.8, 1.1, 1.6, 2.4];
    private static readonly double[] Targets = [0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1];

    [Fact]
    public void BetaFit_Reference_GivesItsNumbers()
    {
        BetaCalibrator beta = BetaCalibrator.Fit(Scores, Targets, Ones());
        beta.A.Should().BeApproximately(0.5773819018527071, 1e-8);
        beta.B.Should().BeApproximately(0.7131240068946525, 1e-8);
        beta.C.Should().BeApproximately(-0.14617292475071358, 1e-8);
    }

    [Fact]
    public void Fit_Weights_GiveTheReference()
    {
        double[] weights = [.. Enumerable.Range(0, 12).Select(i => (i % 3 == 0 ? 2 : 1) * 0.75)];
        BetaCalibrator beta = BetaCalibrator.Fit(Scores, Targets, weights);
        beta.A.Should().BeApproximately(0.2937868479262871, 1e-8);
        beta.B.Should().BeApproximately(0.8602194347961544, 1e-8);
        beta.C.Should().BeApproximately(-0.9822801248252607, 1e-8);
        TemperatureCalibrator.Fit(Scores, Targets, weights).Temperature.Should().BeApproximately(1.767656440299352, 1e-8);
    }

    [Theory]
    [InlineData("100010011011", 0, 0.94600122, -0.82421393)]
    [InlineData("000000111001", 1.65188232, 0, 0.55731634)]
    public void BetaFit_FreeOptimumThatFallsSomewhere_EndsOnTheEdge(string labels, double a, double b, double c)
    {
        BetaCalibrator beta = BetaCalibrator.Fit(Scores, [.. labels.Select(l => l - '0')], Ones());
        beta.A.Should().BeApproximately(a, 2e-6);
        beta.B.Should().BeApproximately(b, 2e-6);
        beta.C.Should().BeApproximately(c, 2e-6);
    }

    [Fact]
    public void TemperatureFit_Reference_GivesItsNumber() =>
        TemperatureCalibrator.Fit(Scores, Targets, Ones()).Temperature.Should().BeApproximately(1.5451596663270506, 1e-10);

    [Fact]
    public void Fit_InverseScores_KeepsTheirOrderNearTheBaseRate()
    {
        double[] inverse = [.. Scores.Select(s => -s)];
        foreach (ICalibrator calibrator in new ICalibrator[] { BetaCalibrator.Fit(inverse, Targets, Ones()), TemperatureCalibrator.Fit(inverse, Targets, Ones()) })
        {
            calibrator.Calibrate(-3).Should().BeApproximately(0.5, 1e-4).And.BeLessThan(calibrator.Calibrate(3));
        }
    }

    [Fact]
    public void Calibrate_ExtremeScores_StaysInRangeAndKeepsNaN()
    {
        foreach (ICalibrator calibrator in new ICalibrator[] { new BetaCalibrator(1, 0, 0), new BetaCalibrator(0, 1, 0), new TemperatureCalibrator(2) })
        {
            calibrator.Calibrate(1e9).Should().BeInRange(0.5, 1);
            calibrator.Calibrate(-1e9).Should().BeInRange(0, 0.5);
            calibrator.Calibrate(double.PositiveInfinity).Should().BeInRange(0.5, 1);
            calibrator.Calibrate(double.NaN).Should().Be(double.NaN);
        }
    }

    [Fact]
    public void Calibrate_AnyFit_NeverDecreases() => Gen.Select(Gen.Double[-9, 9].Array[12], Gen.Int[0, 4000]).Sample(
        (scores, mask) =>
        {
            double[] targets = [.. Enumerable.Range(0, 12).Select(i => (double)((mask >> i) & 1))];
            double[] sorted = [.. scores.Concat(scores.Select(s => s + 0.05)).Order()];
            foreach (ICalibrator calibrator in new ICalibrator[] { BetaCalibrator.Fit(scores, targets, Ones()), TemperatureCalibrator.Fit(scores, targets, Ones()) })
            {
                double[] calibrated = [.. sorted.Select(calibrator.Calibrate)];
                calibrated.Should().OnlyContain(p => p >= 0 && p <= 1);
                calibrated.Zip(calibrated.Skip(1)).Should().OnlyContain(pair => pair.Second >= pair.First - 1e-15);
            }
        },
        iter: 100);

    // Bayes by hand: of 100 rows at p = 0.2 and prior 0.5, positives count 0.1/0.5 and negatives 0.9/0.5 as much.
    [Theory]
    [InlineData(5e-324, 0.5)]
    [InlineData(0.5, 5e-324)]
    [InlineData(5e-324, 0.9999999999999999)]
    [InlineData(0.9999999999999999, 5e-324)]
    [InlineData(5e-324, 5e-324)]
    public void PriorShift_ExtremePriors_GivesProbabilitiesInOrder(double training, double use)
    {
        PriorShiftCalibrator shift = new(new IdentityCalibrator(), training, use);
        double[] corrected = [.. new[] { 0, 5e-324, 1e-310, 1e-20, 0.3, 0.999, 1 }.Select(shift.Correct)];
        corrected.Should().OnlyContain(p => p >= 0 && p <= 1).And.BeInAscendingOrder();
        (corrected[0], corrected[^1], double.IsNaN(shift.Correct(double.NaN))).Should().Be((0, 1, true));

        // By the log-odds, which no prior overflows.
        double moved = Math.Log(0.3 / 0.7) + Math.Log(use) - Math.Log(1 - use) - Math.Log(training) + Math.Log(1 - training);
        shift.Correct(0.3).Should().BeApproximately(1 / (1 + Math.Exp(-moved)), 1e-12);
    }

    [Fact]
    public void PriorShift_ByHand_FollowsBayes()
    {
        PriorShiftCalibrator shift = new(new IdentityCalibrator(), 0.5, 0.1);
        shift.Calibrate(0.2).Should().BeApproximately(20 * 0.2 / ((20 * 0.2) + (80 * 1.8)), 1e-15);
        shift.Calibrate(0).Should().Be(0);
        shift.Calibrate(1).Should().Be(1);
        new PriorShiftCalibrator(shift, 0.1, 0.5).Calibrate(0.37).Should().BeApproximately(0.37, 1e-14, "there and back");
        FluentActions.Invoking(() => new PriorShiftCalibrator(shift, 0, 0.5)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("A prior must lie strictly between 0 and 1. Got 0 in training*");
    }

    [Fact]
    public void Codecs_RoundTrip_GiveTheSameBits()
    {
        foreach (ICalibrator calibrator in new ICalibrator[] { new BetaCalibrator(0.1, 2, -1), new TemperatureCalibrator(1.7), new PriorShiftCalibrator(new PlattCalibrator(1, 0.3), 0.3, 0.1) })
        {
            ICalibrator read = TrainingSamples.RoundTrip(calibrator);
            read.Should().BeOfType(calibrator.GetType());
            Scores.Select(read.Calibrate).Should().Equal(Scores.Select(calibrator.Calibrate));
        }
    }

    [Fact]
    public void Codecs_NumbersOutOfRange_AreCorrupted()
    {
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(new BetaCalibrator(1, 1, 0), _ => "{\"a\":-1,\"b\":1,\"c\":0}"u8.ToArray()));
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(new TemperatureCalibrator(1), _ => "{\"temperature\":0}"u8.ToArray()));
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(new PriorShiftCalibrator(new SigmoidCalibrator(), 0.5, 0.1), _ => "{\"trainingPrior\":1,\"deploymentPrior\":0.1}"u8.ToArray()));
    }

    private static double[] Ones() => [.. Enumerable.Repeat(1.0, 12)];
}
