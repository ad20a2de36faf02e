using System.Globalization;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.LightGbm.Native;

namespace MlSystemDesign.Training;

/// <summary>Trains gradient-boosted trees with LightGBM. Only training needs its native library; the model scores in managed code.</summary>
/// <remarks>
/// <para>Numbers are taken raw, with missing values as missing; categories as categories. All folds grow side by side and share one number of rounds, the one with the
/// least mean log loss over the rows that they hold out (squared error for values), or the best mean of the context's objective where <see cref="LightGbmOptions.EarlyStoppingMetric"/> says so.
/// The model is fitted to all rows with that number of rounds, and refused unless the managed scorer gives LightGBM's own scores.</para>
/// <para>Values are learnt by squared error, and either kind by a loss of one's own where <see cref="LightGbmOptions.Loss"/> has one. LightGBM holds values in 32 bits.</para>
/// <para>The bit-equal result on any number of threads is kept by one native thread per fold.</para>
/// </remarks>
public sealed class LightGbmTrainer : IModelTrainer
{
    private readonly LightGbmOptions _options;

    /// <summary>Creates a trainer. The native library is not looked for yet.</summary>
    /// <param name="options">Its settings; the defaults when absent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public LightGbmTrainer(LightGbmOptions? options = null)
    {
        _options = options ?? new();
        _options.Validate();
    }

    /// <inheritdoc/>
    public string Name => "LightGBM";

    /// <inheritdoc/>
    public int Complexity => 30;

    /// <inheritdoc/>
    public TrainerAvailability Availability => LightGbmNative.TryLoad(out string reason) ? new(true) : new(false, reason);

    /// <inheritdoc/>
    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        return new(Task.Run(() => Train(training, context, cancellationToken), cancellationToken));
    }

    private TrainingResult Train(TrainingSet training, TrainingContext context, CancellationToken cancellationToken)
    {
        TrainingRows.RequireLearnable(training);
        RequireSingles(training.Targets);
        BoostingOptions options = _options.ToBoosting(context.Seed, training.Features.Schema, training.Count);
        bool hasCategories = training.Features.Schema.Any(column => column.Kind == ColumnKind.Category);
        BoostedTraining boosted = new(Name, _options.Calibration, options.Search, _options.EarlyStoppingMetric, _options.Loss,
        [
            new("leaves", options.Leaves.ToString(CultureInfo.InvariantCulture)),
            new("learning rate", _options.LearningRate.ToString("R", CultureInfo.InvariantCulture)),
            .. hasCategories ? [new KeyValuePair<string, string>("category smoothing", options.CatSmooth.ToString("R", CultureInfo.InvariantCulture))] : Array.Empty<KeyValuePair<string, string>>(),
        ]);
        return boosted.Run(training, context, (data, folds, objective, progress) =>
            LightGbmBoosting.Train(data, folds, options, objective, context.DegreeOfParallelism, progress, cancellationToken));
    }

    private static void RequireSingles(ReadOnlySpan<double> targets)
    {
        foreach (double target in targets)
        {
            if (!float.IsFinite((float)target))
            {
                throw new TrainingException(string.Create(
                    CultureInfo.InvariantCulture, $"The targets of LightGBM must lie within ±{float.MaxValue:R}, since it holds them in 32 bits. Got {target:R}. Scale them."));
            }
        }
    }
}
