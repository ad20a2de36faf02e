namespace MlSystemDesign.Training.Boosting;

/// <summary>How good predictions of held-out rows are in place of the loss; its weighted mean over all folds decides the number of rounds.</summary>
internal abstract class RoundMeasure
{
    /// <summary>What messages call it.</summary>
    public abstract string Name { get; }

    public abstract bool HigherIsBetter { get; }

    /// <summary>What is measured: the predictions after a round, which the folds may shape together.</summary>
    /// <param name="predictions">Per fold one per held-out row, ascending; what <see cref="IBooster.ValidationPredictions"/> gives. Not changed.</param>
    public virtual double[][] Shape(double[][] predictions) => predictions;

    /// <summary>The measure of a fold's held-out rows, times the sum of their weights.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="predictions">One per held-out row, as shaped.</param>
    /// <param name="undefined">Why there is none; the result is then NaN.</param>
    public abstract double Total(int fold, ReadOnlySpan<double> predictions, out string? undefined);
}
