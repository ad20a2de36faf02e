using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>Gradient boosting with cross-validated early stopping: one round count for all folds, then a refit on all rows.</summary>
/// <remarks>
/// All folds grow side by side. After every round the validation loss is averaged over the rows of all folds; growth stops when that mean
/// has not improved for a number of rounds (the patience), and its first minimum is the round count. (The best round of each fold by itself
/// would flatter the out-of-fold scores.) The final model is checked against the native library's own scorer. Every native call uses one
/// thread; folds run in parallel, and the result is the same to the last bit for any degree of parallelism.
/// </remarks>
internal static class CrossValidatedBoosting
{
    // Folds wait for each other after so many rounds. Rounds beyond the stop are dropped, so that this changes no result.
    private const int RoundsPerBlock = 8;

    /// <summary>Trains on <paramref name="data"/>.</summary>
    /// <param name="library">The native library, with its parameters.</param>
    /// <param name="data">The rows.</param>
    /// <param name="folds">The fold of each row: 0, 1, … without gaps.</param>
    /// <param name="length">Most rounds, and the patience.</param>
    /// <param name="degreeOfParallelism">How many folds may grow at a time.</param>
    /// <param name="progress">Where finished rounds are reported.</param>
    /// <param name="cancellationToken">Looked at before every round.</param>
    /// <exception cref="ArgumentException">The folds cannot be used.</exception>
    /// <exception cref="BoostingException">A native call failed, or the two scorers differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static BoostingResult Train(
        IBoostingLibrary library,
        BoostingData data,
        ReadOnlySpan<int> folds,
        (int MaxRounds, int Patience) length,
        int degreeOfParallelism = 1,
        IProgress<BoostingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreeOfParallelism, 1);
        FoldRows rows = FoldRows.Of(data, folds);
        cancellationToken.ThrowIfCancellationRequested();
        double[] margins = new double[data.Rows];
        FoldFit?[] fits = new FoldFit?[rows.Count];
        using FoldThreads threads = new(Math.Min(degreeOfParallelism, rows.Count));
        try
        {
            threads.Run(rows.Count, f => fits[f] = new FoldFit(library, data, rows.Train[f], rows.Validation[f]));
            LossCurve curve = Grow(fits!, data, length, threads, progress, cancellationToken);
            threads.Run(rows.Count, f => fits[f]!.WriteMargins(curve.BestRound, margins));
            BoostingResult? result = null;
            threads.Run(1, _ => result = Refit(library, data, curve, margins, progress, cancellationToken));
            return result!;
        }
        finally
        {
            threads.Run(rows.Count, f => fits[f]?.Dispose());
        }
    }

    private static LossCurve Grow(
        FoldFit[] fits,
        BoostingData data,
        (int MaxRounds, int Patience) length,
        FoldThreads threads,
        IProgress<BoostingProgress>? progress,
        CancellationToken cancellationToken)
    {
        double totalWeight = 0;
        for (int i = 0; i < data.Rows; i++)
        {
            totalWeight += data.Weight(i);
        }

        LossCurve curve = new(length.Patience);
        while (curve.Rounds < length.MaxRounds)
        {
            int start = curve.Rounds;
            int end = Math.Min(start + RoundsPerBlock, length.MaxRounds);
            threads.Run(fits.Length, f => fits[f].AdvanceTo(end, cancellationToken));
            for (int round = start; round < end; round++)
            {
                double mean = fits.Aggregate(0.0, (sum, fit) => sum + fit.LossSums[round]) / totalWeight;
                bool stop = curve.Add(mean);
                progress?.Report(new BoostingProgress(BoostingPhase.Folds, round + 1, length.MaxRounds, mean));
                if (stop)
                {
                    return curve;
                }
            }
        }

        return curve;
    }

    private static BoostingResult Refit(
        IBoostingLibrary library,
        BoostingData data,
        LossCurve curve,
        double[] outOfFoldMargins,
        IProgress<BoostingProgress>? progress,
        CancellationToken cancellationToken)
    {
        int rounds = curve.BestRound;
        using IBooster booster = library.Start(data, [.. Enumerable.Range(0, data.Rows)], []);
        bool finished = false;
        for (int round = 1; round <= rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            finished = finished || booster.Update();
            progress?.Report(new BoostingProgress(BoostingPhase.Final, round, rounds, double.NaN));
        }

        TreeEnsemble ensemble = booster.Trees(rounds);
        return new BoostingResult
        {
            Ensemble = ensemble,
            OutOfFoldMargins = outOfFoldMargins,
            LossCurve = curve.ToArray(),
            Rounds = rounds,
            Parity = ParityCheck.Run(library, booster, ensemble, data),
        };
    }
}
