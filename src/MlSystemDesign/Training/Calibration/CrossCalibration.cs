using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>A calibrator, with calibrated predictions for rows that neither their model nor their calibrator had seen.</summary>
/// <remarks>
/// The calibrator of fold k is fitted to the out-of-fold scores of the other folds; the one for use to all of them. With <see cref="CalibrationMethod.Auto"/> its method
/// is chosen on those other folds too, each calibrated by the rest, so that neither the calibrator nor the choice has seen its rows; of two folds
/// nothing is left to choose on, and <see cref="CalibrationMethod.Platt"/> is taken for their predictions. Choosing costs about folds² / 2 fits of each method. A host's own trainer can use it too.
/// </remarks>
public sealed class CrossCalibration
{
    private readonly double[] _outOfFold;

    private CrossCalibration(CalibrationMethod method, ICalibrator calibrator, double[] outOfFold, IReadOnlyDictionary<CalibrationMethod, double> losses)
    {
        Method = method;
        Calibrator = calibrator;
        Losses = losses;
        _outOfFold = outOfFold;
    }

    /// <summary>Gets the method of <see cref="Calibrator"/>: the one asked for, or the one chosen.</summary>
    public CalibrationMethod Method { get; }

    /// <summary>Gets the mean out-of-fold log loss of each method that was tried, in nats; empty when none was to be chosen. Of the one chosen it is the least
    /// of several, so a little too good; <see cref="OutOfFold"/> is not.</summary>
    public IReadOnlyDictionary<CalibrationMethod, double> Losses { get; }

    /// <summary>Gets the calibrator fitted to all out-of-fold scores.</summary>
    public ICalibrator Calibrator { get; }

    /// <summary>Gets n calibrated out-of-fold probabilities, in row order.</summary>
    public ReadOnlyMemory<double> OutOfFold => _outOfFold;

    /// <summary>Calibrates out-of-fold scores.</summary>
    /// <param name="method">The method.</param>
    /// <param name="outOfFoldScores">n log-odds, each from a model that had not seen its row.</param>
    /// <param name="training">The n rows.</param>
    /// <param name="folds">The folds that the scores were made with.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is not finite, or the targets are values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The method is none of the known ones.</exception>
    public static CrossCalibration Fit(CalibrationMethod method, ReadOnlySpan<double> outOfFoldScores, TrainingSet training, GroupedFolds folds)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(folds);
        Require(method, training);
        Require(outOfFoldScores, training, folds);
        CalibratorFit fit = FitTo(outOfFoldScores, training, folds);
        CalibrationChoice? choice = method == CalibrationMethod.Auto ? new(fit, folds.Count, training.Count) : null;
        double[] outOfFold = EachByTheOthers(fit, fold => choice?.WithoutFold(fold) ?? method, outOfFoldScores, folds);
        CalibrationMethod overall = choice?.Overall ?? method;
        return new CrossCalibration(overall, fit.Fit(overall, without: -1), outOfFold, choice?.Losses ?? new Dictionary<CalibrationMethod, double>());
    }

    /// <summary>Each fold's scores calibrated by the other folds, and no more; <see cref="CalibrationMethod.Auto"/> takes Platt's, as where nothing is left to choose on.</summary>
    internal static double[] Calibrate(CalibrationMethod method, ReadOnlySpan<double> outOfFoldScores, TrainingSet training, GroupedFolds folds) =>
        EachByTheOthers(FitTo(outOfFoldScores, training, folds), _ => method == CalibrationMethod.Auto ? CalibrationMethod.Platt : method, outOfFoldScores, folds);

    /// <summary>Says which method was used, and what the others lost: for the facts of a model.</summary>
    internal string Describe() => Losses.Count == 0
        ? Method.ToString()
        : $"{Method}, chosen by out-of-fold log loss ({string.Join(", ", Losses.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} {l.Value:0.00000}")))})";

    private static CalibratorFit FitTo(ReadOnlySpan<double> scores, TrainingSet training, GroupedFolds folds) =>
        new(scores.ToArray(), training.Targets.ToArray(), TrainingRows.NormalizedWeights(training), folds.FoldOfRow.ToArray());

    private static double[] EachByTheOthers(CalibratorFit fit, Func<int, CalibrationMethod> methodOf, ReadOnlySpan<double> scores, GroupedFolds folds)
    {
        double[] outOfFold = new double[scores.Length];
        for (int fold = 0; fold < folds.Count; fold++)
        {
            ICalibrator calibrator = fit.Fit(methodOf(fold), fold);
            for (int i = 0; i < outOfFold.Length; i++)
            {
                if (folds.FoldOfRow[i] == fold)
                {
                    outOfFold[i] = calibrator.Calibrate(scores[i]);
                }
            }
        }

        return outOfFold;
    }

    private static void Require(CalibrationMethod method, TrainingSet training)
    {
        OptionRange.Known(method, nameof(method), nameof(CrossCalibration));
        if (training.TargetKind != TargetKind.Probability)
        {
            throw new ArgumentException($"Only scores of a probability can be calibrated, against targets of 0 and 1. Got targets of kind {training.TargetKind}. Use an IdentityCalibrator for values.", nameof(training));
        }
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
