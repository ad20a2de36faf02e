using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>A calibrator, with calibrated predictions for rows that neither their model nor their calibrator had seen.</summary>
/// <remarks>The calibrator of fold k is fitted to the out-of-fold scores of the other folds; the one for use to all of them. A host's own trainer can use it too.</remarks>
public sealed class CrossCalibration
{
    private readonly double[] _outOfFold;

    private CrossCalibration(ICalibrator calibrator, double[] outOfFold)
    {
        Calibrator = calibrator;
        _outOfFold = outOfFold;
    }

    /// <summary>Gets the calibrator fitted to all out-of-fold scores.</summary>
    public ICalibrator Calibrator { get; }

    /// <summary>Gets n calibrated out-of-fold probabilities, in row order.</summary>
    public ReadOnlyMemory<double> OutOfFold => _outOfFold;

    /// <summary>Calibrates out-of-fold scores.</summary>
    /// <param name="method">The method.</param>
    /// <param name="outOfFoldScores">n log-odds, each from a model that had not seen its row.</param>
    /// <param name="training">The n rows.</param>
    /// <param name="folds">The folds that the scores were made with.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is not finite.</exception>
    public static CrossCalibration Fit(CalibrationMethod method, ReadOnlySpan<double> outOfFoldScores, TrainingSet training, GroupedFolds folds)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(folds);
        Require(outOfFoldScores, training, folds);
        double[] weights = TrainingRows.NormalizedWeights(training);
        double[] outOfFold = new double[training.Count];
        for (int fold = 0; fold < folds.Count; fold++)
        {
            ICalibrator calibrator = FitTo(method, outOfFoldScores, training.Targets, weights, folds.FoldOfRow, fold);
            for (int i = 0; i < outOfFold.Length; i++)
            {
                if (folds.FoldOfRow[i] == fold)
                {
                    outOfFold[i] = calibrator.Calibrate(outOfFoldScores[i]);
                }
            }
        }

        return new CrossCalibration(FitTo(method, outOfFoldScores, training.Targets, weights, folds.FoldOfRow, without: -1), outOfFold);
    }

    private static ICalibrator FitTo(
        CalibrationMethod method, ReadOnlySpan<double> scores, ReadOnlySpan<double> targets, double[] weights, ReadOnlySpan<int> foldOfRow, int without)
    {
        if (method == CalibrationMethod.Sigmoid)
        {
            return new SigmoidCalibrator();
        }

        List<double> someScores = [], someTargets = [], someWeights = [];
        for (int i = 0; i < scores.Length; i++)
        {
            if (foldOfRow[i] != without)
            {
                someScores.Add(scores[i]);
                someTargets.Add(targets[i]);
                someWeights.Add(weights[i]);
            }
        }

        return method == CalibrationMethod.Isotonic
            ? IsotonicCalibrator.Fit(someScores.ToArray(), someTargets.ToArray(), someWeights.ToArray())
            : PlattCalibrator.Fit(someScores.ToArray(), someTargets.ToArray(), someWeights.ToArray());
    }

    private static void Require(ReadOnlySpan<double> scores, TrainingSet training, GroupedFolds folds)
    {
        if (scores.Length != training.Count || folds.FoldOfRow.Length != training.Count)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Scores and folds must have one entry per row ({training.Count}). Got {scores.Length} scores and {folds.FoldOfRow.Length} fold numbers. Pass those of these rows."));
        }

        for (int i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"An out-of-fold score must be finite. Got {scores[i]} in row {i + 1}. Score every row by the model of another fold."));
            }
        }
    }
}
