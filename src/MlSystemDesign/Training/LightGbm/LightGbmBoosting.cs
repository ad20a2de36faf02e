using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Losses;

namespace MlSystemDesign.Training.LightGbm;

/// <summary>Cross-validated boosting with LightGBM.</summary>
internal static class LightGbmBoosting
{
    /// <summary>Trains on <paramref name="data"/> with the given fold number of each row; see <see cref="CrossValidatedBoosting"/>.</summary>
    /// <exception cref="ArgumentException">The folds or an option cannot be used.</exception>
    /// <exception cref="BoostingException">The native library cannot be loaded, a call failed, or the two scorers differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; looked for before every round.</exception>
    public static BoostingResult Train(
        BoostingData data,
        ReadOnlySpan<int> folds,
        BoostingOptions options,
        RoundMeasure? objective = null,
        int degreeOfParallelism = 1,
        IProgress<BoostingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        LightGbmNative.EnsureLoaded();
        using NativeThreadCap cap = NativeThreadCap.Enter(1);
        using LightGbmLibrary library = new(options, data);
        return CrossValidatedBoosting.Train(
            options.Loss is null ? library : new OwnLossLibrary(library, options.Loss), data, folds, options.Search, objective, degreeOfParallelism, progress, cancellationToken);
    }
}
