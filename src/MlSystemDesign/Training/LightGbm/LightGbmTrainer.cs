using System.Globalization;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training;

/// <summary>Trains gradient-boosted trees with LightGBM. Only training needs its native library; the model scores in managed code.</summary>
/// <remarks>
/// <para>Numbers are taken raw, with missing values as missing; categories as categories. All folds grow side by side and share one number of rounds, the one with the
/// least mean log loss over their out-of-fold rows, so early stopping is always by log loss; the context's objective measures the result. The model is fitted
/// to all rows with that number of rounds, and refused unless the managed scorer gives LightGBM's own scores.</para>
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
        TrainingRows.RequireProbability(training, Name);
        GroupedFolds folds = GroupedFolds.Assign(training, context.Folds, context.Seed);
        if (training.Features.Schema.Count == 0)
        {
            throw new TrainingException($"{Name} must be given at least one feature. Got none. Add features to the plan, or use logistic regression, which then predicts the base rate.");
        }

        BoostingResult boosted = Boost(training, folds, context, cancellationToken);
        CrossCalibration calibration = CrossCalibration.Fit(_options.Calibration, boosted.OutOfFoldMargins, training, folds);
        return new TrainingResult
        {
            Model = new TrainedModel(
                Name, TargetKind.Probability, training.Features.Schema, new TreePredictor(boosted.Ensemble), calibration.Calibrator, Facts(training, folds, boosted, calibration)),
            OutOfFold = calibration.OutOfFold,
            Objective = context.Objective.Measure(calibration.OutOfFold.Span, training),
            Remarks = [.. folds.Remarks, .. Remarks(boosted)],
        };
    }

    private BoostingResult Boost(TrainingSet training, GroupedFolds folds, TrainingContext context, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Features;
        double[] rows = new double[checked(table.RowCount * table.Schema.Count)];
        FeatureRows.Fill(table, 0, rows);
        int[] categories = [.. Enumerable.Range(0, table.Schema.Count).Where(c => table.Schema[c].Kind == ColumnKind.Category)];
        try
        {
            BoostingData data = new(rows, table.Schema.Count, training.Targets.ToArray(), training.Weights.IsEmpty ? null : training.Weights.ToArray(), categories);
            return GradientBoosting.Train(
                data, folds.FoldOfRow, _options.ToBoosting(context.Seed), context.DegreeOfParallelism, context.Progress is null ? null : new Relay(context.Progress, Name), cancellationToken);
        }
        catch (LightGbmException e)
        {
            throw new TrainingException(e.Message, e);
        }
    }

    private Dictionary<string, string> Facts(TrainingSet training, GroupedFolds folds, BoostingResult boosted, CrossCalibration calibration) => new()
    {
        ["rows"] = training.Count.ToString(CultureInfo.InvariantCulture),
        ["positives"] = training.PositiveCount.ToString(CultureInfo.InvariantCulture),
        ["folds"] = folds.Count.ToString(CultureInfo.InvariantCulture),
        ["rounds"] = boosted.Rounds.ToString(CultureInfo.InvariantCulture),
        ["leaves"] = _options.Leaves.ToString(CultureInfo.InvariantCulture),
        ["learning rate"] = _options.LearningRate.ToString("R", CultureInfo.InvariantCulture),
        ["calibration"] = calibration.Describe(),
        ["parity"] = string.Create(
            CultureInfo.InvariantCulture, $"managed = native on {boosted.Parity.ProbeRows} probe rows, largest difference {boosted.Parity.MaxDifference:R}"),
    };

    private IEnumerable<string> Remarks(BoostingResult boosted)
    {
        if (boosted.Rounds == _options.MaxRounds)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{Name} was still improving at the most rounds allowed ({_options.MaxRounds}). Raise {nameof(LightGbmOptions.MaxRounds)} or the learning rate.");
        }

        if (boosted.Ensemble.Trees.All(tree => tree.Feature.Length == 0))
        {
            yield return $"No split by any feature lowers the loss: {Name} predicts the base rate for every row.";
        }
    }

    // The folds take nearly all of the time: they are the first nine tenths.
    private sealed class Relay(IProgress<TrainingProgress> progress, string name) : IProgress<BoostingProgress>
    {
        private const double FoldShare = 0.9;

        public void Report(BoostingProgress value)
        {
            double share = (double)value.Round / value.MaxRounds;
            progress.Report(new TrainingProgress(name, value.Phase == BoostingPhase.Folds ? FoldShare * share : FoldShare + ((1 - FoldShare) * share)));
        }
    }
}
