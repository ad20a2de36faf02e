namespace MlSystemDesign.Training.Boosting;

/// <summary>One finished round of gradient boosting.</summary>
/// <param name="Phase">Whether the folds or the final model grow.</param>
/// <param name="Round">Rounds done in this phase, from 1.</param>
/// <param name="MaxRounds">Most rounds of this phase; early stopping may end the folds before.</param>
/// <param name="Mean">Mean measure of the rows that the folds hold out; NaN where there is none, as in the final phase, which holds out nothing.</param>
internal readonly record struct BoostingProgress(BoostingPhase Phase, int Round, int MaxRounds, double Mean);

/// <summary>The two phases of <see cref="CrossValidatedBoosting"/>.</summary>
internal enum BoostingPhase
{
    /// <summary>All folds, side by side.</summary>
    Folds,

    /// <summary>The model on all rows.</summary>
    Final,
}
