namespace MlSystemDesign.Training.Boosting;

/// <summary>One finished round of gradient boosting.</summary>
/// <param name="Phase">Whether the folds or the final model grow.</param>
/// <param name="Round">Rounds done in this phase, from 1.</param>
/// <param name="MaxRounds">Most rounds of this phase; early stopping may end the folds before.</param>
/// <param name="MeanLoss">Mean validation loss over the rows of all folds; NaN in the final phase, which validates nothing.</param>
internal readonly record struct BoostingProgress(BoostingPhase Phase, int Round, int MaxRounds, double MeanLoss);

/// <summary>The two phases of <see cref="CrossValidatedBoosting"/>.</summary>
internal enum BoostingPhase
{
    /// <summary>All folds, side by side.</summary>
    Folds,

    /// <summary>The model on all rows.</summary>
    Final,
}
