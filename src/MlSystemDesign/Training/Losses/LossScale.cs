using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Training.Losses;

/// <summary>The factor that makes the settings mean with a loss of one's own what they mean with the built-in one.</summary>
/// <remarks>
/// The penalties and the least hessian of a leaf are compared with sums of hessians. Those of the built-in losses have no unit: 1 per row of a value, p(1 − p) of a probability. Those of a loss of money have,
/// 1/EUR or EUR², and a penalty of 1 is then nothing or forbids every split. A common factor of gradients and hessians changes no leaf value without penalties, so they are brought to the built-in size.
/// </remarks>
internal static class LossScale
{
    /// <summary>The mean hessian of the built-in loss at its start, divided by that of the loss at its own; 1 where the loss has none there.</summary>
    public static double Of(IBoostingLoss loss, BoostingData data, int[] rows, double start)
    {
        double weights = 0, labels = 0, hessians = 0;
        foreach (int row in rows)
        {
            double weight = data.Weight(row);
            weights += weight;
            labels += weight * data.Label(row);
            hessians += weight * loss.Derivatives(start, data.Label(row)).Hessian;
        }

        double rate = labels / weights, builtIn = data.Target == TargetKind.Probability ? rate * (1 - rate) : 1;
        double scale = builtIn / (hessians / weights);
        return scale > 0 && double.IsFinite(scale) ? scale : 1;
    }
}
