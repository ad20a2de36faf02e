using System.Runtime.ExceptionServices;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.LightGbm;

/// <summary>Gradient boosting with cross-validated early stopping: one round count for all folds, then a refit on all rows.</summary>
/// <remarks>
/// All folds grow side by side. After every round the validation log loss is averaged over the rows of all folds; growth stops when that
/// mean has not improved for <see cref="BoostingOptions.Patience"/> rounds, and its first minimum is the round count. (The best round of
/// each fold by itself would flatter the out-of-fold scores.) The final model is checked against LightGBM's own scorer. Every native
/// call uses one thread; folds run in parallel, and the result is the same to the last bit for any degree of parallelism.
/// </remarks>
internal static class GradientBoosting
{
    // Folds wait for each other after so many rounds. Rounds beyond the stop are dropped, so that this changes no result.
    private const int RoundsPerBlock = 8;

    /// <summary>Trains on <paramref name="data"/> with the given fold number of each row.</summary>
    /// <exception cref="ArgumentException">The folds or an option cannot be used.</exception>
    /// <exception cref="LightGbmException">The native library cannot be loaded, a call failed, or the two scorers differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; looked for before every round.</exception>
    public static BoostingResult Train(
        BoostingData data,
        ReadOnlySpan<int> folds,
        BoostingOptions options,
        int degreeOfParallelism = 1,
        IProgress<BoostingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreeOfParallelism, 1);
        options.Validate();
        FoldRows rows = FoldRows.Of(data, folds);
        LightGbmNative.EnsureLoaded();
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        string parameters = LightGbmParameters.ForTraining(options, data.CategoricalColumns, nativeThreads: 1);
        using NativeThreadCap cap = NativeThreadCap.Enter(1);
        cancellationToken.ThrowIfCancellationRequested();

        int[] allRows = [.. Enumerable.Range(0, data.Rows)];
        double[] margins = new double[data.Rows];
        LightGbmDataset? shared = options.Binning == FoldBinning.Shared ? FoldFit.DatasetOf(data, allRows, parameters, null) : null;
        FoldFit?[] fits = new FoldFit?[rows.Count];
        try
        {
            InParallel(rows.Count, parallel, f => fits[f] = new FoldFit(data, rows.Train[f], rows.Validation[f], shared, parameters));
            LossCurve curve = Grow(fits!, data, options, parallel, progress);
            InParallel(rows.Count, parallel, f => fits[f]!.WriteMargins(curve.BestRound, margins));
            using LightGbmDataset all = shared ?? FoldFit.DatasetOf(data, allRows, parameters, null);
            (TreeEnsemble ensemble, ParityCertificate parity) = Refit(all, data, parameters, curve.BestRound, progress, cancellationToken);
            return new BoostingResult
            {
                Ensemble = ensemble,
                OutOfFoldMargins = margins,
                LossCurve = curve.ToArray(),
                Rounds = curve.BestRound,
                Parity = parity,
            };
        }
        finally
        {
            foreach (FoldFit? fit in fits)
            {
                fit?.Dispose();
            }

            shared?.Dispose();
        }
    }

    private static LossCurve Grow(
        FoldFit[] fits, BoostingData data, BoostingOptions options, ParallelOptions parallel, IProgress<BoostingProgress>? progress)
    {
        double totalWeight = 0;
        for (int i = 0; i < data.Rows; i++)
        {
            totalWeight += data.Weight(i);
        }

        LossCurve curve = new(options.Patience);
        while (curve.Rounds < options.MaxRounds)
        {
            int start = curve.Rounds;
            int end = Math.Min(start + RoundsPerBlock, options.MaxRounds);
            InParallel(fits.Length, parallel, f => fits[f].AdvanceTo(end, parallel.CancellationToken));
            for (int round = start; round < end; round++)
            {
                double mean = fits.Aggregate(0.0, (sum, fit) => sum + fit.LossSums[round]) / totalWeight;
                bool stop = curve.Add(mean);
                progress?.Report(new BoostingProgress(BoostingPhase.Folds, round + 1, options.MaxRounds, mean));
                if (stop)
                {
                    return curve;
                }
            }
        }

        return curve;
    }

    private static (TreeEnsemble Ensemble, ParityCertificate Parity) Refit(
        LightGbmDataset all, BoostingData data, string parameters, int rounds, IProgress<BoostingProgress>? progress,
        CancellationToken cancellationToken)
    {
        using LightGbmBooster booster = new(all, parameters);
        bool finished = false;
        for (int round = 1; round <= rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            finished = finished || booster.Update();
            progress?.Report(new BoostingProgress(BoostingPhase.Final, round, rounds, double.NaN));
        }

        TreeEnsemble ensemble = LightGbmModelText.Read(booster.ModelText(rounds));
        return (ensemble, ParityCheck.Run(booster, ensemble, data));
    }

    private static void InParallel(int count, ParallelOptions options, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException e)
        {
            // The caller sees the exception itself, not that folds ran in parallel.
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? e);
        }
    }
}
