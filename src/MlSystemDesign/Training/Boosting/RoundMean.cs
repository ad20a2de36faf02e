namespace MlSystemDesign.Training.Boosting;

/// <summary>How good the held-out rows of all folds are predicted after a round.</summary>
/// <param name="Value">The mean measure; NaN where not measured or undefined.</param>
/// <param name="Loss">The mean loss; NaN where not measured.</param>
/// <param name="Fold">The first fold whose measure is undefined.</param>
/// <param name="Undefined">Why it is; null when none is.</param>
internal readonly record struct RoundMean(double Value, double Loss, int Fold = 0, string? Undefined = null)
{
    private const string NoNumber = "it is not a number";

    /// <summary>Measures a round (from 0) that the folds have just grown.</summary>
    internal static RoundMean Of(FoldFit[] fits, int round, RoundMeasure? objective, double totalWeight)
    {
        double[][]? shaped = objective?.Shape([.. fits.Select(fit => fit.Predictions(round))]);
        double sum = 0, losses = 0;
        (int Fold, string? Reason) undefined = default;
        for (int f = 0; f < fits.Length; f++)
        {
            string? reason = null;
            double loss = fits[f].Losses[round], total = objective?.Total(f, shaped![f], out reason) ?? loss;
            sum += total;
            losses += loss;
            undefined = undefined.Reason is null && double.IsNaN(total) ? (f, reason ?? NoNumber) : undefined;
        }

        return new RoundMean(sum / totalWeight, losses / totalWeight, undefined.Fold, undefined.Reason);
    }
}
