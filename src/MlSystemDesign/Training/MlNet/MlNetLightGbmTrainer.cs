using System.Globalization;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Trains gradient-boosted trees with ML.NET's own LightGBM trainer, for teams that must; <see cref="LightGbmTrainer"/> is faster, takes missing values, and is the default.</summary>
/// <remarks>
/// <para>Missing numbers are refused: Microsoft.ML 5.0.1 sends them the wrong way in LightGBM models (it answered 0.26 where 0.81 was true). Impute them in front, with
/// <c>new TransformedTrainer(new ImputationTransform(), new MlNetLightGbmTrainer())</c>. A missing category is a level of its own. A number that is missing only when it is scored counts as 0, as it
/// does for LightGBM itself.</para>
/// <para>The trees are taken out of ML.NET: the model is a <see cref="Trees.TreePredictor"/>, scores without Microsoft.ML and can be explained. It is refused unless it gives ML.NET's own scores
/// to the last bit of a float, on training rows, odd values and the borders of the splits. Numbers are compared in single precision, about seven digits: an instant in seconds since 1970 is
/// rounded to two minutes, so use ages and durations.</para>
/// <para>ML.NET lets a process train one LightGBM model at a time, whatever the degree of parallelism; others wait, and can be cancelled while they do. Cancellation is obeyed in every
/// round, by a method of Microsoft.ML 5.0.1 that is not public; under a version without it, while rows are read and between the folds + 1 fits. Each fit has a fresh context and one thread, since ML.NET's results move with both.</para>
/// </remarks>
public sealed class MlNetLightGbmTrainer : IModelTrainer
{
    private const int MostSlots = 10_000;

    private readonly MlNetLightGbmOptions _options;

    /// <summary>Creates a trainer. The native library is not looked for yet.</summary>
    /// <param name="options">Its settings; the defaults when absent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public MlNetLightGbmTrainer(MlNetLightGbmOptions? options = null)
    {
        _options = options ?? new();
        _options.Validate();
    }

    /// <inheritdoc/>
    public string Name => "ML.NET LightGBM";

    /// <inheritdoc/>
    public int Complexity => 30;

    /// <inheritdoc/>
    public TrainerAvailability Availability => new LightGbmTrainer().Availability;

    /// <inheritdoc/>
    /// <exception cref="TrainingException">A number is missing or beyond single precision, or the categories have more than 10,000 levels together.</exception>
    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        return new(Task.Run(() => Train(training, context, cancellationToken), cancellationToken));
    }

    private TrainingResult Train(TrainingSet training, TrainingContext context, CancellationToken cancellationToken)
    {
        TrainingRows.RequireLearnable(training);
        if (Availability is { IsAvailable: false } availability)
        {
            throw new TrainingException(availability.Reason);
        }

        SlotLayout layout = new(training.Features.Schema.Select(column => column.Kind == ColumnKind.Category ? column.Levels.Count : -1));
        RequireSlots(training.Features.Schema, layout);
        RequireSingles(training);
        bool hasCategories = training.Features.Schema.Any(column => column.Kind == ColumnKind.Category);
        BoostedTraining boosted = new(Name, _options.Calibration, new RoundSearch(_options.MaxRounds, _options.MaxRounds), EarlyStoppingMetric.Loss, Loss: null,
        [
            new("leaves", _options.Leaves.ToString(CultureInfo.InvariantCulture)),
            new("learning rate", _options.LearningRate.ToString("R", CultureInfo.InvariantCulture)),
            new("categorical splits", _options.CategoricalSplits ? "by sets of levels" : "by one level"),
            .. hasCategories ? [new KeyValuePair<string, string>("category smoothing", CategorySmoothingRule.Of(_options.CategorySmoothing, training.Count).ToString("R", CultureInfo.InvariantCulture))] : Array.Empty<KeyValuePair<string, string>>(),
        ]);
        return boosted.Run(training, context, (data, folds, _, _) => new MlNetBoosting(data, layout, _options, context.Seed & int.MaxValue)
            .Train(folds, share => context.Progress?.Report(new TrainingProgress(Name, share)), cancellationToken));
    }

    private void RequireSlots(FeatureSchema schema, SlotLayout layout)
    {
        if (layout.Slots > MostSlots)
        {
            FeatureColumn widest = schema.Where(column => column.Kind == ColumnKind.Category).MaxBy(column => column.Levels.Count) ?? schema[0];
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name} takes one slot per number and per level of a category, at most {MostSlots} of them. Got {layout.Slots}, {widest.Levels.Count} of them levels of '{widest.Name}'. Put a TargetStatisticTransform in front with TransformedTrainer, or use LightGbmTrainer."));
        }
    }

    private void RequireSingles(TrainingSet training)
    {
        FeatureTable table = training.Features;
        for (int c = 0; c < table.Schema.Count; c++)
        {
            ReadOnlySpan<double> numbers = table.Schema[c].Kind == ColumnKind.Number ? table.Numbers(c) : [];
            int missing = numbers.IndexOf(double.NaN);
            if (missing >= 0)
            {
                throw new TrainingException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The numbers for {Name} must not be missing, since Microsoft.ML sends missing values the wrong way. Got a missing value in '{table.Schema[c].Name}', row {missing + 1}. Put an ImputationTransform in front with TransformedTrainer, or use LightGbmTrainer, which takes missing values as they are."));
            }

            foreach (double number in numbers)
            {
                RequireSingle(number, $"'{table.Schema[c].Name}'");
            }
        }

        foreach (double target in training.Targets)
        {
            RequireSingle(target, "the targets");
        }
    }

    // Infinity itself is refused with all boosters.
    private void RequireSingle(double number, string where)
    {
        if (double.IsFinite(number) && !float.IsFinite((float)number))
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture, $"The numbers for {Name} must lie within ±{float.MaxValue:R}, since it holds them in 32 bits. Got {number:R} in {where}. Scale them, or use LightGbmTrainer."));
        }
    }
}
