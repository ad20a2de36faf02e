using System.Globalization;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Losses;
using MlSystemDesign.XGBoost.Native;

namespace MlSystemDesign.XGBoost;

/// <summary>Trains gradient-boosted trees with XGBoost, for probabilities and for values. Only training needs its native library; the model scores in managed code.</summary>
/// <remarks>
/// <para>Numbers are taken raw, with missing values as missing; categories as categories. All folds grow side by side and share one number of rounds, the one with the
/// least mean loss over the rows that they hold out (log loss for probabilities, squared error for values), or the best mean of the context's objective where
/// <see cref="XGBoostOptions.EarlyStoppingMetric"/> says so. The model is fitted to all rows with that number of rounds, and
/// refused unless the managed scorer gives XGBoost's own scores. XGBoost computes in 32 bits, and so does the model: values beyond ±1e38 are refused.</para>
/// <para>The native library, version 1.7 to 3.x (tested with 1.7.4), is not part of the package: on Debian and Ubuntu <c>apt-get install libxgboost0</c>. It is looked for
/// where <see cref="XGBoostOptions.LibraryPath"/> says, then where the environment variable MLSYSTEMDESIGN_XGBOOST says, then by its name.</para>
/// <para>The bit-equal result on any number of threads is kept by one native thread per fold, and by seeding the draws in each round.</para>
/// </remarks>
public sealed class XGBoostTrainer : IModelTrainer
{
    private const double Largest = 1e38;

    private readonly XGBoostOptions _options;

    /// <summary>Creates a trainer. The native library is not looked for yet.</summary>
    /// <param name="options">Its settings; the defaults when absent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public XGBoostTrainer(XGBoostOptions? options = null)
    {
        _options = options ?? new();
        _options.Validate();
    }

    /// <inheritdoc/>
    public string Name => "XGBoost";

    /// <inheritdoc/>
    public int Complexity => 30;

    /// <inheritdoc/>
    public TrainerAvailability Availability => XGBoostNative.TryLoad(_options.LibraryPath, out string reason) ? new(true) : new(false, reason);

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
        if (!XGBoostNative.TryLoad(_options.LibraryPath, out string reason) || (_options.Loss is not null && !XGBoostNative.TakesGradients(out reason)))
        {
            throw new TrainingException(reason);
        }

        RequireSingles(training);
        RoundSearch search = new(_options.MaxRounds, _options.EarlyStoppingRounds, _options.EarlyStoppingInterval);
        BoostedTraining boosted = new(Name, _options.Calibration, search, _options.EarlyStoppingMetric, _options.Loss,
        [
            new("depth", _options.MaxDepth.ToString(CultureInfo.InvariantCulture)),
            new("learning rate", _options.LearningRate.ToString("R", CultureInfo.InvariantCulture)),
            new("library", XGBoostNative.Version.ToString()),
        ]);
        IBoostingLibrary library = new XGBoostLibrary(_options, context.Seed);
        library = _options.Loss is null ? library : new OwnLossLibrary(library, _options.Loss);
        return boosted.Run(training, context, (data, folds, objective, progress) => CrossValidatedBoosting.Train(
            library, data, folds, search, objective, context.DegreeOfParallelism, progress, cancellationToken));
    }

    private static void RequireSingles(TrainingSet training)
    {
        FeatureTable table = training.Features;
        for (int c = 0; c < table.Schema.Count; c++)
        {
            if (table.Schema[c].Kind == ColumnKind.Number)
            {
                RequireSingles(table.Numbers(c), $"column '{table.Schema[c].Name}'");
            }
        }

        RequireSingles(training.Targets, "the targets");
    }

    private static void RequireSingles(ReadOnlySpan<double> values, string place)
    {
        foreach (double value in values)
        {
            if (Math.Abs(value) > Largest)
            {
                throw new TrainingException(string.Create(
                    CultureInfo.InvariantCulture, $"The values of XGBoost must lie within ±1e38, since it computes in 32 bits. Got {value:R} in {place}. Scale them, or train LightGBM."));
            }
        }
    }
}
