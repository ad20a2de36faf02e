using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>What <see cref="CrossValidatedBoosting"/> found.</summary>
internal sealed record BoostingResult
{
    /// <summary>The model on all rows, of <see cref="Rounds"/> trees (fewer where no further split was possible).</summary>
    public required TreeEnsemble Ensemble { get; init; }

    /// <summary>Raw margin of each row from the fold model that has not seen it, at <see cref="Rounds"/>.</summary>
    public required double[] OutOfFoldMargins { get; init; }

    /// <summary>Mean measure of the held-out rows after each round, over the weighted rows of all folds; NaN where not measured or undefined; ends where training stopped.</summary>
    public required double[] Curve { get; init; }

    /// <summary>The first round with the best mean measure.</summary>
    public required int Rounds { get; init; }

    /// <summary>Of how many first rounds the loss has chosen <see cref="Rounds"/>, since the measure was the same after each of them; 0 where the measure has chosen.</summary>
    public int ChosenByLoss { get; init; }

    /// <summary>After how many rounds the measure was undefined in some fold, and why; null when it never was.</summary>
    public (int Rounds, string Reason)? Undefined { get; init; }

    /// <summary>How the managed scorer compared with the native one.</summary>
    public required ParityCertificate Parity { get; init; }
}
