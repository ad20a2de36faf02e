namespace MlSystemDesign.Training;

/// <summary>Fits calibrators to the out-of-fold scores of some folds.</summary>
/// <param name="scores">n log-odds.</param>
/// <param name="targets">n targets.</param>
/// <param name="weights">n weights of mean 1.</param>
/// <param name="foldOfRow">The fold of each row.</param>
internal sealed class CalibratorFit(double[] scores, double[] targets, double[] weights, int[] foldOfRow)
{
    /// <summary>Fits to the rows of all folds but two; −1 leaves none out.</summary>
    internal ICalibrator Fit(CalibrationMethod method, int without, int alsoWithout = -1)
    {
        if (method == CalibrationMethod.Sigmoid)
        {
            return new SigmoidCalibrator();
        }

        int[] rows = [.. Enumerable.Range(0, scores.Length).Where(i => foldOfRow[i] != without && foldOfRow[i] != alsoWithout)];
        double[] someScores = Pick(scores, rows), someTargets = Pick(targets, rows), someWeights = Pick(weights, rows);
        return method switch
        {
            CalibrationMethod.Isotonic => IsotonicCalibrator.Fit(someScores, someTargets, someWeights),
            CalibrationMethod.Beta => BetaCalibrator.Fit(someScores, someTargets, someWeights),
            CalibrationMethod.Temperature => TemperatureCalibrator.Fit(someScores, someTargets, someWeights),
            CalibrationMethod.Platt => PlattCalibrator.Fit(someScores, someTargets, someWeights),
            _ => throw new ArgumentOutOfRangeException(nameof(method), $"A single method must be fitted. Got {method}. Choose one."),
        };
    }

    /// <summary>The summed weighted log loss of a fold's rows.</summary>
    internal double LossOf(ICalibrator calibrator, int fold)
    {
        double loss = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (foldOfRow[i] == fold)
            {
                loss += weights[i] * Statistics.ProperScores.LogLossOf(calibrator.Calibrate(scores[i]), targets[i] == 1);
            }
        }

        return loss;
    }

    private static double[] Pick(double[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
