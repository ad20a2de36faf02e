using MlSystemDesign.Training.Losses;

namespace MlSystemDesign.Training.Boosting;

/// <summary>An objective, measured fold by fold: predictions of different models are never ranked together.</summary>
internal sealed class ObjectiveMeasure : RoundMeasure
{
    private readonly IObjective _objective;
    private readonly CalibrationSet[] _heldOut;
    private readonly double[] _weights;
    private readonly ScoreLink _link;

    /// <param name="objective">The objective.</param>
    /// <param name="training">All rows.</param>
    /// <param name="folds">The fold of each row: 0, 1, … without gaps.</param>
    /// <param name="loss">The caller's loss, whose boosters predict margins.</param>
    /// <exception cref="TrainingException">The objective has no better and worse.</exception>
    public ObjectiveMeasure(IObjective objective, TrainingSet training, GroupedFolds folds, IBoostingLoss? loss)
    {
        if (objective.Direction == MetricDirection.Descriptive)
        {
            throw new TrainingException(
                $"An objective must have a better and a worse to stop by it. Got '{objective.Name}', which describes. Give another objective, or stop by {nameof(EarlyStoppingMetric)}.{nameof(EarlyStoppingMetric.Loss)}.");
        }

        _objective = objective;
        _link = loss?.Link ?? ScoreLink.Identity;
        _heldOut = [.. Enumerable.Range(0, folds.Count).Select(fold => training.SplitOff(folds.FoldOfRow, fold).Outside)];
        _weights = [.. _heldOut.Select(WeightOf)];
    }

    public override string Name => _objective.Name;

    public override bool HigherIsBetter => _objective.Direction == MetricDirection.HigherIsBetter;

    public override double Total(int fold, ReadOnlySpan<double> predictions, out string? undefined)
    {
        double[] linked = predictions.ToArray();
        for (int i = 0; i < linked.Length; i++)
        {
            linked[i] = _link.Predict(linked[i]);
        }

        Metric metric = _objective.Measure(linked, _heldOut[fold]);
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
