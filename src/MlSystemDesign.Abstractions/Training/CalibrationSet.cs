namespace MlSystemDesign;

/// <summary>Rows inside the training period that a given fit has not seen: for calibration, early stopping and the choice among models.</summary>
public sealed class CalibrationSet : LabelledSet
{
    /// <summary>Creates a calibration set.</summary>
    /// <param name="features">n rows.</param>
    /// <param name="targets">n targets.</param>
    /// <param name="targetKind">What the targets are.</param>
    /// <param name="weights">n weights, or empty.</param>
    /// <param name="values">What each row's outcome is worth, or <see langword="null"/>.</param>
    /// <param name="costs">What acting or not costs per row, or <see langword="null"/>.</param>
    public CalibrationSet(
        FeatureTable features, ReadOnlySpan<double> targets, TargetKind targetKind = TargetKind.Probability, ReadOnlySpan<double> weights = default, MoneyColumn? values = null, CostMatrix? costs = null)
        : base(features, targets, targetKind, weights, values, costs)
    {
    }
}
