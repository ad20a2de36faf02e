using MlSystemDesign.Training.Losses;

namespace MlSystemDesign.Training.Boosting;

/// <summary>An objective, measured fold by fold on what the training would report: predictions of different models are never ranked together, and probabilities are calibrated by the other folds.</summary>
internal sealed class ObjectiveMeasure : RoundMeasure
{
    private const double LeastProbability = 1e-15;

    private readonly IObjective _objective;
    private readonly CalibrationSet[] _heldOut;
    private readonly double[] _weights;
    private readonly TrainingSet _training;
    private readonly GroupedFolds _folds;
    private readonly CalibrationMethod? _calibration;
    private readonly ScoreLink? _link;

    /// <param name="objective">The objective.</param>
    /// <param name="training">All rows.</param>
    /// <param name="folds">The fold of each row: 0, 1, … without gaps.</param>
    /// <param name="loss">The caller's loss, whose boosters predict margins.</param>
    /// <param name="calibration">How the training calibrates probabilities; null for predictions as they are.</param>
    /// <exception cref="TrainingException">The objective has no better and worse.</exception>
    public ObjectiveMeasure(IObjective objective, TrainingSet training, GroupedFolds folds, IBoostingLoss? loss, CalibrationMethod? calibration = null)
    {
        if (objective.Direction == MetricDirection.Descriptive)
        {
            throw new TrainingException(
                $"An objective must have a better and a worse to stop by it. Got '{objective.Name}', which describes. Give another objective, or stop by {nameof(EarlyStoppingMetric)}.{nameof(EarlyStoppingMetric.Loss)}.");
        }

        _objective = objective;
        _training = training;
        _folds = folds;
        _calibration = calibration;
        _link = loss?.Link;
        _heldOut = [.. Enumerable.Range(0, folds.Count).Select(fold => training.SplitOff(folds.FoldOfRow, fold).Outside)];
        _weights = [.. _heldOut.Select(WeightOf)];
    }

    public override string Name => _objective.Name;

    public override bool HigherIsBetter => _objective.Direction == MetricDirection.HigherIsBetter;

    public override double[][] Shape(double[][] predictions)
    {
        double[][] scores = _calibration is null ? [] : Array.ConvertAll(predictions, fold => Array.ConvertAll(fold, LogOdds));

        // Without a number in some row there is nothing to calibrate by, and the objective says so.
        return _calibration is { } method && scores.All(fold => fold.All(double.IsFinite))
            ? Calibrated(method, scores)
            : Array.ConvertAll(predictions, fold => Array.ConvertAll(fold, prediction => _link?.Predict(prediction) ?? prediction));
    }

    public override double Total(int fold, ReadOnlySpan<double> predictions, out string? undefined)
    {
        Metric metric = _objective.Measure(predictions, _heldOut[fold]);
        undefined = metric.UndefinedReason;
        return metric.Value * _weights[fold] ?? double.NaN;
    }

    private double[][] Calibrated(CalibrationMethod method, double[][] scores)
    {
        double[] inRowOrder = new double[_training.Count];
        for (int fold = 0; fold < scores.Length; fold++)
        {
            FoldLoop.Scatter(scores[fold], _folds.FoldOfRow, fold, inRowOrder);
        }

        double[] calibrated = CrossCalibration.Calibrate(method, inRowOrder, _training, _folds);
        return [.. scores.Select((_, fold) => FoldLoop.Gather(calibrated, _folds.FoldOfRow, fold))];
    }

    // The libraries give the probabilities of their own loss, and the margins of the caller's.
    private double LogOdds(double prediction)
    {
        if (_link is not null)
        {
            return prediction;
        }

        double p = Math.Clamp(prediction, LeastProbability, 1 - LeastProbability);
        return Math.Log(p / (1 - p));
    }

    private static double WeightOf(CalibrationSet set)
    {
        double sum = set.Weights.IsEmpty ? set.Count : 0;
        foreach (double weight in set.Weights)
        {
            sum += weight;
        }

        return sum;
    }
}
