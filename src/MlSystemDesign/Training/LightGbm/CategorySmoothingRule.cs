namespace MlSystemDesign.Training.LightGbm;

/// <summary>How strongly category statistics are smoothed where the options leave it open: one rule for every trainer that uses LightGBM.</summary>
internal static class CategorySmoothingRule
{
    private const double SmoothedShare = 1 / 400.0, LeastSmoothing = 10, MostSmoothing = 50;

    /// <summary>What the options say, else a four-hundredth of the training rows, within [10, 50].</summary>
    public static double Of(double? option, int rows) => option ?? Math.Clamp(rows * SmoothedShare, LeastSmoothing, MostSmoothing);
}
