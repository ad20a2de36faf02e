namespace MlSystemDesign;

/// <summary>The rows that may be fitted to: models, encoders, imputers, calibrators, thresholds. Nothing else may.</summary>
public sealed class TrainingSet : LabelledSet
{
    /// <summary>Creates a training set.</summary>
    /// <param name="features">n rows.</param>
    /// <param name="targets">n targets.</param>
    /// <param name="targetKind">What the targets are.</param>
    /// <param name="weights">n weights, or empty.</param>
    /// <param name="values">What each row's outcome is worth, or <see langword="null"/>.</param>
    /// <param name="costs">What acting or not costs per row, or <see langword="null"/>.</param>
    public TrainingSet(
        FeatureTable features, ReadOnlySpan<double> targets, TargetKind targetKind = TargetKind.Probability, ReadOnlySpan<double> weights = default, MoneyColumn? values = null, CostMatrix? costs = null)
        : base(features, targets, targetKind, weights, values, costs)
    {
    }

    /// <summary>Splits off one fold: the rows to fit to, and the rows of that fold, which the fit has not seen.</summary>
    /// <param name="folds">The fold of each row, from 0.</param>
    /// <param name="fold">The fold to split off.</param>
    /// <exception cref="ArgumentException">There is not one fold per row.</exception>
    public (TrainingSet Inside, CalibrationSet Outside) SplitOff(ReadOnlySpan<int> folds, int fold)
    {
        if (folds.Length != Count)
        {
            throw new ArgumentException($"Each row must have a fold. Got {folds.Length} folds for {Count} rows. Pass one fold per row.", nameof(folds));
        }

        List<int> inside = [], outside = [];
        for (int i = 0; i < folds.Length; i++)
        {
            (folds[i] == fold ? outside : inside).Add(i);
        }

        var (outFeatures, outTargets, outWeights, outValues, outCosts) = Pick(outside.ToArray());
        return (Select(inside.ToArray()), new CalibrationSet(outFeatures, outTargets, TargetKind, outWeights, outValues, outCosts));
    }

    /// <summary>Picks rows.</summary>
    /// <param name="rows">Row positions, in the order wanted.</param>
    public TrainingSet Select(ReadOnlySpan<int> rows)
    {
        var (features, targets, weights, values, costs) = Pick(rows);
        return new TrainingSet(features, targets, TargetKind, weights, values, costs);
    }
}
