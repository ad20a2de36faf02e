using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Calibration;

public class CalibrationChoiceTests
{
    [Fact]
    public void Fit_ValueTargetsOrAnUnknownMethod_IsRefused()
    {
        (TrainingSet set, double[] scores, GroupedFolds folds) = Rows(slope: 1);
        TrainingSet values = new(set.Features, set.Targets, TargetKind.Value);
        FluentActions.Invoking(() => CrossCalibration.Fit(CalibrationMethod.Platt, scores, values, folds)).Should().Throw<ArgumentException>().WithMessage("Only scores of a probability can be calibrated*Got targets of kind Value. *");
        FluentActions.Invoking(() => CrossCalibration.Fit((CalibrationMethod)99, scores, set, folds)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("method of CrossCalibration must be one of *Platt*. Got 99. *");
        FluentActions.Invoking(() => new LogisticTrainer(new() { Calibration = (CalibrationMethod)99 })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Calibration of LogisticTrainer must be one of *");
    }

    [Fact]
    public void AutoFit_LogOddsThatAreRight_TakesTheMethodOfLeastLoss()
    {
        (TrainingSet set, double[] scores, GroupedFolds folds) = Rows(slope: 1);
        CrossCalibration auto = CrossCalibration.Fit(CalibrationMethod.Auto, scores, set, folds);
        auto.Losses.Should().HaveCount(5);
        auto.Losses[auto.Method].Should().Be(auto.Losses.Values.Min());
        CrossCalibration platt = CrossCalibration.Fit(CalibrationMethod.Platt, scores, set, folds);
        auto.Losses[CalibrationMethod.Platt].Should().BeApproximately(new LogLossObjective().Measure(platt.OutOfFold.Span, set).Value!.Value, 1e-12);
    }

    [Fact]
    public void AutoFit_BoldScores_DoesNotTakeThemAsTheyAre() =>
        CrossCalibration.Fit(CalibrationMethod.Auto, Rows(slope: 4).Scores, Rows(slope: 4).Set, Rows(slope: 4).Folds).Method.Should().NotBe(CalibrationMethod.Sigmoid);

    // Several slopes, since the choice must be a close one for a look at the fold's own labels to change it.
    [Theory]
    [InlineData(0.9)]
    [InlineData(1)]
    [InlineData(1.1)]
    [InlineData(1.2)]
    [InlineData(2)]
    public void AutoFit_TargetsOfAFoldTurnedRound_ChangesNoPredictionOfIt(double slope)
    {
        (TrainingSet set, double[] scores, GroupedFolds folds) = Rows(slope);
        int[] foldOfRow = folds.FoldOfRow.ToArray();
        CrossCalibration before = CrossCalibration.Fit(CalibrationMethod.Auto, scores, set, folds);

        // The order of the scores within the fold is turned round: its labels now say the opposite, and would mislead any choice that saw them.
        int[] rows = [.. Enumerable.Range(0, set.Count).Where(i => foldOfRow[i] == 2)];
        double[] targets = set.Targets.ToArray();
        foreach (int row in rows)
        {
            targets[row] = 1 - targets[row];
        }

        CrossCalibration after = CrossCalibration.Fit(CalibrationMethod.Auto, scores, new TrainingSet(set.Features, targets), folds);
        rows.Select(i => after.OutOfFold.Span[i]).Should().Equal(rows.Select(i => before.OutOfFold.Span[i]));
        after.Losses[CalibrationMethod.Sigmoid].Should().NotBe(before.Losses[CalibrationMethod.Sigmoid]);
    }

    [Fact]
    public void AutoFit_TwoFolds_PredictsByPlatt()
    {
        (TrainingSet set, double[] scores, _) = Rows(slope: 2);
        GroupedFolds folds = GroupedFolds.Assign(set, 2, 1);
        CrossCalibration.Fit(CalibrationMethod.Auto, scores, set, folds).OutOfFold.ToArray()
            .Should().Equal(CrossCalibration.Fit(CalibrationMethod.Platt, scores, set, folds).OutOfFold.ToArray());
    }

    [Fact]
    public async Task Train_AutoCalibration_SaysWhatWasChosen()
    {
        TrainingResult result = await new LogisticTrainer(new() { Calibration = CalibrationMethod.Auto }).TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context());
        result.Model.Facts["calibration"].Should().MatchRegex("^(Sigmoid|Temperature|Platt|Beta|Isotonic), chosen by out-of-fold log loss \\(Sigmoid 0\\.\\d{5}, .*Isotonic \\d\\.\\d{5}\\)$");
    }

    private static (TrainingSet Set, double[] Scores, GroupedFolds Folds) Rows(double slope)
    {
        const int n = 600;
        double[] u = TrainingSamples.Uniform(2 * n, 5), margins = [.. Enumerable.Range(0, n).Select(i => (u[i] * 6) - 3)];
        double[] targets = [.. Enumerable.Range(0, n).Select(i => u[n + i] < 1 / (1 + Math.Exp(-margins[i])) ? 1.0 : 0)];
        TrainingSet set = new(new FeatureTableBuilder(TrainingSamples.Keys(n)).Number("x", margins).Build(), targets);
        return (set, [.. margins.Select(m => slope * m)], GroupedFolds.Assign(set, 4, 1));
    }
}
