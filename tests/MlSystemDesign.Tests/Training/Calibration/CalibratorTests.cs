using CsCheck;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Calibration;

public class CalibratorTests
{
    private static readonly double[] Scores = [-2.1, -1.4, -1.1, -0.6, -0.4, -0.1, 0.2, 0.3, 0.8, 1.1, 1.6, 2.4];
    private static readonly double[] Targets = [0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1];

    // Own Newton in NumPy on Platt's smoothed targets; scikit-learn 1.2.1 _sigmoid_calibration gives -0.6480489, 0.0331132 (opposite signs).
    [Fact]
    public void PlattFit_Reference_GivesItsNumbers()
    {
        PlattCalibrator platt = PlattCalibrator.Fit(Scores, Targets, Ones(12));
        platt.Slope.Should().BeApproximately(0.64804903563672, 1e-12);
        platt.Intercept.Should().BeApproximately(-0.033115658076748, 1e-12);
    }

    [Fact]
    public void PlattFit_ShiftedAndScaledScores_GivesTheSameProbabilities()
    {
        PlattCalibrator plain = PlattCalibrator.Fit(Scores, Targets, Ones(12));
        PlattCalibrator moved = PlattCalibrator.Fit([.. Scores.Select(s => 5e4 + (1e-3 * s))], Targets, Ones(12));
        moved.Calibrate(5e4 + 1e-3).Should().BeApproximately(plain.Calibrate(1), 1e-7);
    }

    [Fact]
    public void PlattFit_InverseScores_EndsNearTheBaseRateInTheirOrder()
    {
        PlattCalibrator platt = PlattCalibrator.Fit([.. Scores.Select(s => -s)], Targets, Ones(12));
        platt.Slope.Should().BeApproximately(PlattCalibrator.LeastSlope, 1e-18);
        platt.Calibrate(-3).Should().BeApproximately(0.5, 1e-4).And.BeLessThan(platt.Calibrate(3));
    }

    [Fact]
    public void PlattFit_EqualScores_GivesTheSmoothedBaseRate()
    {
        double[] targets = [1, 0, 0, 0];
        double expected = (((1 + 1) / (1 + 2.0)) + (3 * (1 / (3 + 2.0)))) / 4;
        PlattCalibrator.Fit([2, 2, 2, 2], targets, Ones(4)).Calibrate(2).Should().BeApproximately(expected, 1e-9);
    }

    [Fact]
    public void PlattFit_SeparatedScores_StaysFinite()
    {
        PlattCalibrator platt = PlattCalibrator.Fit([-1, -0.9, 0.9, 1], [0, 0, 1, 1], Ones(4));
        platt.Calibrate(1).Should().BeInRange(0.7, 0.8, "the smoothed target of two positives is 0.75");
    }

    // scikit-learn 1.2.1 IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip") on the scores and one more row (0.2, 1).
    [Fact]
    public void IsotonicFit_Reference_GivesItsCurve()
    {
        IsotonicCalibrator isotonic = IsotonicCalibrator.Fit([.. Scores, 0.2], [.. Targets, 1], Ones(13));
        double[] at = [-3, -1.25, -0.5, 0.0, 0.25, 0.95, 1.3, 5];
        double[] expected = [0, 1.0 / 6, 1.0 / 3, 2.0 / 3, 2.0 / 3, 2.0 / 3, 0.8, 1];
        at.Select(isotonic.Calibrate).Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Calibrate_AnyFit_NeverDecreases() => Gen.Select(Gen.Double[-5, 5].Array[8, 40], Gen.Int[0, 1000]).Sample(
        (scores, seed) =>
        {
            double[] targets = [.. TrainingSamples.Uniform(scores.Length, (ulong)seed).Select(u => u < 0.4 ? 1.0 : 0)];
            targets[0] = 1;
            targets[1] = 0;
            double[] sorted = [.. scores.Concat(scores.Select(s => s + 0.05)).Order()];
            foreach (ICalibrator calibrator in new ICalibrator[] { PlattCalibrator.Fit(scores, targets, Ones(scores.Length)), IsotonicCalibrator.Fit(scores, targets, Ones(scores.Length)) })
            {
                double[] calibrated = [.. sorted.Select(calibrator.Calibrate)];
                calibrated.Should().OnlyContain(p => p >= 0 && p <= 1);

                // The exponential function of the platform is not exactly monotone in its last digit.
                double slack = calibrator is PlattCalibrator ? 1e-15 : 0;
                calibrated.Zip(calibrated.Skip(1)).Should().OnlyContain(pair => pair.Second >= pair.First - slack);
            }
        },
        iter: 100);

    [Fact]
    public void Calibrate_Sigmoid_NeitherOverflowsNorHidesNaN()
    {
        SigmoidCalibrator sigmoid = new();
        sigmoid.Calibrate(0).Should().Be(0.5);
        sigmoid.Calibrate(1000).Should().Be(1);
        sigmoid.Calibrate(-1000).Should().Be(0);
        sigmoid.Calibrate(double.NaN).Should().Be(double.NaN);
        new IdentityCalibrator().Calibrate(-17.5).Should().Be(-17.5);
    }

    [Fact]
    public void CrossFit_Fold_IsCalibratedByTheOthersOnly()
    {
        TrainingSet set = TrainingSamples.Reference();
        GroupedFolds folds = GroupedFolds.Assign(set, 3, 1);
        double[] scores = [.. set.Features.Numbers("x1").ToArray().Select(x => x / 3)];
        CrossCalibration calibration = CrossCalibration.Fit(CalibrationMethod.Platt, scores, set, folds);

        int[] others = [.. Enumerable.Range(0, set.Count).Where(i => folds.FoldOfRow[i] != 1)];
        PlattCalibrator expected = PlattCalibrator.Fit([.. others.Select(i => scores[i])], [.. others.Select(i => set.Targets[i])], Ones(others.Length));
        int row = Enumerable.Range(0, set.Count).First(i => folds.FoldOfRow[i] == 1);
        calibration.OutOfFold.Span[row].Should().Be(expected.Calibrate(scores[row]));
        ((PlattCalibrator)calibration.Calibrator).Slope.Should().Be(PlattCalibrator.Fit(scores, set.Targets, Ones(set.Count)).Slope);
    }

    [Fact]
    public void CrossFit_ScoreNotFinite_NamesTheRow()
    {
        TrainingSet set = TrainingSamples.Reference();
        double[] scores = new double[60];
        scores[6] = double.NaN;
        FluentActions.Invoking(() => CrossCalibration.Fit(CalibrationMethod.Platt, scores, set, GroupedFolds.Assign(set, 3, 1))).Should().Throw<ArgumentException>()
            .WithMessage("An out-of-fold score must be finite. Got NaN in row 7. Score every row by the model of another fold.");
    }

    [Fact]
    public void Codecs_RoundTrip_GiveTheSameBits()
    {
        ICalibrator[] calibrators =
        [
            PlattCalibrator.Fit(Scores, Targets, Ones(12)), IsotonicCalibrator.Fit(Scores, Targets, Ones(12)), new SigmoidCalibrator(), new IdentityCalibrator(),
        ];
        foreach (ICalibrator calibrator in calibrators)
        {
            ICalibrator read = TrainingSamples.RoundTrip(calibrator);
            read.Kind.Should().Be(calibrator.Kind);
            Scores.Select(read.Calibrate).Should().Equal(Scores.Select(calibrator.Calibrate));
        }
    }

    [Theory]
    [InlineData("{\"slope\":-1,\"intercept\":0}")]
    [InlineData("{\"slope\":1}")]
    [InlineData("{\"slope\":1,")]
    [InlineData("null")]
    public void Codec_AlteredPlatt_IsCorrupted(string payload) =>
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(new PlattCalibrator(1, 0), _ => System.Text.Encoding.UTF8.GetBytes(payload)));

    [Theory]
    [InlineData("{\"scores\":[1,0],\"probabilities\":[0.1,0.2]}")]
    [InlineData("{\"scores\":[0,1],\"probabilities\":[0.2,0.1]}")]
    [InlineData("{\"scores\":[],\"probabilities\":[]}")]
    [InlineData("{\"scores\":null,\"probabilities\":[]}")]
    public void Codec_AlteredIsotonic_IsCorrupted(string payload) =>
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(new IsotonicCalibrator([0, 1], [0.1, 0.2]), _ => System.Text.Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void Codec_SigmoidWithBytes_IsCorrupted()
    {
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(new SigmoidCalibrator(), _ => [1]));
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(new IdentityCalibrator(), _ => [1]));
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
