namespace MlSystemDesign.Training.Boosting;

/// <summary>The loss that boosting minimises: the library's, or the caller's, which takes margins.</summary>
internal sealed class LossMeasure(BoostingData data, FoldRows rows, IBoostingLoss? loss = null) : RoundMeasure
{
    public override string Name => loss?.Name ?? (data.Target == TargetKind.Probability ? "log loss" : "squared error");

    public override bool HigherIsBetter => false;

    public override double Total(int fold, ReadOnlySpan<double> predictions, out string? undefined)
    {
        undefined = null;
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
