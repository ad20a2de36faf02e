using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>Gradient boosting with cross-validated early stopping: one round count for all folds, then a refit on all rows.</summary>
/// <remarks>
/// All folds grow side by side. After every round the measure of the held-out rows (the loss, or an objective) is averaged over all folds;
/// growth stops when that mean has not improved for a number of rounds (the patience), and its first best is the round count; over a flat start of an objective the loss leads (<see cref="RoundCurve"/>). (The best
/// round of each fold by itself would flatter the out-of-fold scores.) The final model is checked against the native library's own scorer. Every native call uses one
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
    /// <param name="search">How the number of rounds is looked for.</param>
    /// <param name="objective">What decides it; the loss when absent.</param>
    /// <param name="degreeOfParallelism">How many folds may grow at a time.</param>
    /// <param name="progress">Where finished rounds are reported.</param>
    /// <param name="cancellationToken">Looked at before every round.</param>
    /// <exception cref="ArgumentException">The folds cannot be used.</exception>
    /// <exception cref="BoostingException">A native call failed, the two scorers differ, or the measure was undefined after every round.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static BoostingResult Train(
        IBoostingLibrary library,
        BoostingData data,
        ReadOnlySpan<int> folds,
        RoundSearch search,
        RoundMeasure? objective = null,
        int degreeOfParallelism = 1,
        IProgress<BoostingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreeOfParallelism, 1);
        FoldRows rows = FoldRows.Of(data, folds);
        cancellationToken.ThrowIfCancellationRequested();
        LossMeasure loss = new(data, rows, library.Loss);
        double[] margins = new double[data.Rows];
        FoldFit?[] fits = new FoldFit?[rows.Count];
        using FoldThreads threads = new(Math.Min(degreeOfParallelism, rows.Count));
        try
        {
            threads.Run(rows.Count, f => fits[f] = new FoldFit(library, data, rows, f, loss, search, keepsPredictions: objective is not null));
            List<RoundMean> undefined = [];
            RoundCurve curve = Grow(fits!, data, objective, search, threads, undefined, progress, cancellationToken);
            RequireBest(curve, undefined, objective, loss);
            threads.Run(rows.Count, f => fits[f]!.WriteMargins(curve.BestRound, margins));
            BoostingResult? result = null;
            threads.Run(1, _ => result = Refit(library, data, curve, margins, progress, cancellationToken));
            return result! with { Undefined = undefined.Count == 0 ? null : (undefined.Count, undefined[0].Undefined!) };
        }
        finally
        {
            threads.Run(rows.Count, f => fits[f]?.Dispose());
        }
    }

    private static RoundCurve Grow(
        FoldFit[] fits,
        BoostingData data,
        RoundMeasure? objective,
        RoundSearch search,
        FoldThreads threads,
        List<RoundMean> undefined,
        IProgress<BoostingProgress>? progress,
        CancellationToken cancellationToken)
    {
        double totalWeight = 0;
        for (int i = 0; i < data.Rows; i++)
        {
            totalWeight += data.Weight(i);
        }

        RoundCurve curve = new(search.Patience, objective is { HigherIsBetter: true });
        while (curve.Rounds < search.MaxRounds)
        {
            int start = curve.Rounds;
            int end = Math.Min(start + RoundsPerBlock, search.MaxRounds);
            threads.Run(fits.Length, f => fits[f].AdvanceTo(end, cancellationToken));
            RoundMean[] means = new RoundMean[end - start];
            threads.Run(means.Length, i =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                means[i] = search.Measures(start + i + 1) ? RoundMean.Of(fits, start + i, objective, totalWeight) : new RoundMean(double.NaN, double.NaN);
            });
            foreach (RoundMean mean in means)
            {
                bool stop = curve.Add(mean.Value, mean.Loss);
                undefined.AddRange(mean.Undefined is null ? [] : [mean]);
                progress?.Report(new BoostingProgress(BoostingPhase.Folds, curve.Rounds, search.MaxRounds, mean.Value));
                if (stop)
                {
                    return curve;
                }
            }
        }

        return curve;
    }

    private static void RequireBest(RoundCurve curve, List<RoundMean> undefined, RoundMeasure? objective, LossMeasure loss)
    {
        if (curve.BestRound > 0)
        {
            return;
        }

        // A mean without a value has a fold without one, unless infinities of both signs met in it.
        RoundMean first = undefined.FirstOrDefault();
        if (objective is null)
        {
            throw new BoostingException(FormattableString.Invariant(
                $"The loss must be a number on the held-out rows of every fold to choose the number of rounds. Got '{loss.Name}' that is none in fold {first.Fold}, after every round. Make it finite at every margin and target."));
        }

        throw new BoostingException(FormattableString.Invariant(
            $"The objective must be defined on the held-out rows of every fold to stop by it. Got '{objective.Name}' undefined in fold {first.Fold}: {first.Undefined}. ") +
            $"Give the rows what it needs, use fewer folds, or stop by {nameof(EarlyStoppingMetric)}.{nameof(EarlyStoppingMetric.Loss)}.");
    }

    private static BoostingResult Refit(
        IBoostingLibrary library,
        BoostingData data,
        RoundCurve curve,
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
            Curve = curve.ToArray(),
            Rounds = rounds,
            ChosenByLoss = curve.ChosenByLoss,
            Parity = ParityCheck.Run(library, booster, ensemble, data),
        };
    }
}
