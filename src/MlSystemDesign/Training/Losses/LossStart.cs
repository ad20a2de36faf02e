using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Training.Losses;

/// <summary>The constant margin of least loss, from which trees start.</summary>
internal static class LossStart
{
    private const double Precision = 1e-12;

    /// <summary>Where the summed gradient of some rows changes from negative to not negative, found by halving.</summary>
    /// <exception cref="BoostingException">The loss has no least constant.</exception>
    public static double Of(IBoostingLoss loss, BoostingData data, int[] rows)
    {
        (double low, double high) = (-1, 1);
        while (!(Slope(low) < 0))
        {
            low = Farther(low);
        }

        while (Slope(high) < 0)
        {
            high = Farther(high);
        }

        while (high - low > Precision * Math.Max(1, Math.Abs(low)))
        {
            double middle = low + ((high - low) / 2);
            (low, high) = Slope(middle) < 0 ? (middle, high) : (low, middle);
        }

        return high;

        double Slope(double margin)
        {
            double sum = 0;
            foreach (int row in rows)
            {
                sum += data.Weight(row) * loss.Derivatives(margin, data.Label(row)).Gradient;
            }

            return sum;
        }

        double Farther(double margin) => double.IsFinite(2 * margin)
            ? 2 * margin
            : throw new BoostingException(
                $"A loss must be least at some constant margin. Got '{loss.Name}', whose gradient over the training rows never changes its sign. Let the loss rise to both sides of the targets.");
    }
}
