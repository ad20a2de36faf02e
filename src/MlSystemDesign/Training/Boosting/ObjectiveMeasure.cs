namespace MlSystemDesign.Training.Boosting;

/// <summary>An objective, measured fold by fold: predictions of different models are never ranked together.</summary>
internal sealed class ObjectiveMeasure : RoundMeasure
{
    private readonly IObjective _objective;
    private readonly CalibrationSet[] _heldOut;
    private readonly double[] _weights;

    /// <param name="objective">The objective.</param>
    /// <param name="training">All rows.</param>
    /// <param name="folds">The fold of each row: 0, 1, … without gaps.</param>
    /// <exception cref="TrainingException">The objective has no better and worse.</exception>
    public ObjectiveMeasure(IObjective objective, TrainingSet training, GroupedFolds folds)
    {
        if (objective.Direction == MetricDirection.Descriptive)
        {
            throw new TrainingException(
                $"An objective must have a better and a worse to stop by it. Got '{objective.Name}', which describes. Give another objective, or stop by {nameof(EarlyStoppingMetric)}.{nameof(EarlyStoppingMetric.Loss)}.");
        }

        _objective = objective;
        _heldOut = [.. Enumerable.Range(0, folds.Count).Select(fold => training.SplitOff(folds.FoldOfRow, fold).Outside)];
        _weights = [.. _heldOut.Select(WeightOf)];
    }

    public override string Name => _objective.Name;

    public override bool HigherIsBetter => _objective.Direction == MetricDirection.HigherIsBetter;

    public override double Total(int fold, ReadOnlySpan<double> predictions, out string? undefined)
    {
        Metric metric = _objective.Measure(predictions, _heldOut[fold]);
        undefined = metric.UndefinedReason;
        return metric.Value * _weights[fold] ?? double.NaN;
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
