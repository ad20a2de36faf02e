namespace MlSystemDesign.Training.Boosting;

/// <summary>The loss that boosting minimises.</summary>
internal sealed class LossMeasure(BoostingData data, FoldRows rows) : RoundMeasure
{
    public override string Name => data.Target == TargetKind.Probability ? "log loss" : "squared error";

    public override bool HigherIsBetter => false;

    public override double Total(int fold, ReadOnlySpan<double> predictions, out string? undefined)
    {
        undefined = null;
        double sum = 0;
        int[] validation = rows.Validation[fold];
        for (int i = 0; i < validation.Length; i++)
        {
            int row = validation[i];
            sum += data.Weight(row) * BoostingLoss.Of(data.Target, predictions[i], data.Label(row));
        }

        return sum;
    }
}
