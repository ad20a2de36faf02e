namespace MlSystemDesign.Training.Boosting;

/// <summary>The loss that boosting minimises: the library's, or the caller's, which takes margins.</summary>
internal sealed class LossMeasure(BoostingData data, FoldRows rows, IBoostingLoss? loss = null)
{
    public string Name => loss?.Name ?? (data.Target == TargetKind.Probability ? "log loss" : "squared error");

    /// <summary>The summed loss of a fold's held-out rows, each times its weight.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="predictions">One per held-out row, ascending; what <see cref="IBooster.ValidationPredictions"/> gives.</param>
    public double Total(int fold, ReadOnlySpan<double> predictions)
    {
        double sum = 0;
        int[] validation = rows.Validation[fold];
        for (int i = 0; i < validation.Length; i++)
        {
            int row = validation[i];
            sum += data.Weight(row) * (loss?.Loss(predictions[i], data.Label(row)) ?? BoostingLoss.Of(data.Target, predictions[i], data.Label(row)));
        }

        return sum;
    }
}
