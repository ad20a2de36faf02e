namespace MlSystemDesign;

/// <summary>Rows kept from all fitting, later in time than every label of the training set. Only an evaluator takes them.</summary>
public sealed class HoldoutSet : LabelledSet
{
    /// <summary>Creates a holdout set.</summary>
    /// <param name="features">n rows.</param>
    /// <param name="targets">n targets.</param>
    /// <param name="targetKind">What the targets are.</param>
    /// <param name="weights">n weights, or empty.</param>
    /// <param name="values">What each row's outcome is worth, or <see langword="null"/>.</param>
    /// <param name="costs">What acting or not costs per row, or <see langword="null"/>.</param>
    public HoldoutSet(
        FeatureTable features, ReadOnlySpan<double> targets, TargetKind targetKind = TargetKind.Probability, ReadOnlySpan<double> weights = default, MoneyColumn? values = null, CostMatrix? costs = null)
        : base(features, targets, targetKind, weights, values, costs)
    {
    }
}
