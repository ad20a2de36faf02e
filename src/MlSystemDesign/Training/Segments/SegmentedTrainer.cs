using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Trains a model per segment beside a global one, and compares them on the same out-of-fold rows.</summary>
/// <remarks>
/// A segment with too few rows, or whose rows the inner trainer refuses, keeps the global model; so does a row of an unseen or no segment. Out of fold everything is done without the rows predicted:
/// global model, segment models, and which segments have enough rows. The remarks say of each segment what its own model gains over the global one, with an interval; routing does not
/// depend on it. Costs (folds + 1) × (segments + 1) trainings.
/// </remarks>
public sealed class SegmentedTrainer : IModelTrainer
{
    private const int MostRefusedListed = 20;

    private readonly IModelTrainer _inner;
    private readonly ISegmentRule _rule;
    private readonly SegmentedOptions _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="inner">Trains the global model and those of the segments.</param>
    /// <param name="rule">Says to which segment a row belongs.</param>
    /// <param name="options">Its settings; the defaults when absent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public SegmentedTrainer(IModelTrainer inner, ISegmentRule rule, SegmentedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(rule);
        _inner = inner;
        _rule = rule;
        _options = options ?? new();
        _options.Validate();
    }

    /// <inheritdoc/>
    public string Name => $"{_inner.Name} per segment";

    /// <inheritdoc/>
    public int Complexity => _inner.Complexity + 5;

    /// <inheritdoc/>
    public TrainerAvailability Availability => _inner.Availability;

    /// <inheritdoc/>
    public async ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        string?[] segments = _rule.SegmentsOf(training.Features);
        GroupedFolds folds = GroupedFolds.Assign(training, context.Folds, context.Seed);
        double[] routed = new double[training.Count], global = new double[training.Count];
        for (int fold = 0; fold < folds.Count; fold++)
        {
            (TrainingSet inside, CalibrationSet outside) = training.SplitOff(folds.FoldOfRow, fold);
            SegmentedPredictor part = await FitAsync(inside, Part(context, fold, folds.Count + 1), [], cancellationToken).ConfigureAwait(false);
            double[] scores = new double[outside.Count];
            part.Score(outside.Features, scores);
            FoldLoop.Scatter(scores, folds.FoldOfRow, fold, routed);
            FoldLoop.Scatter(part.Global.Predict(outside.Features), folds.FoldOfRow, fold, global);
        }

        List<string> refused = [];
        SegmentedPredictor predictor = await FitAsync(training, Part(context, folds.Count, folds.Count + 1), refused, cancellationToken).ConfigureAwait(false);
        context.Progress?.Report(new TrainingProgress(Name, 1));
        SegmentComparison comparison = new(training, segments, routed, global, context.Objective, _options.Confidence);
        Dictionary<string, string> facts = new(predictor.Global.Facts) { ["segment models"] = predictor.Segments.Count.ToString(CultureInfo.InvariantCulture) };
        return new TrainingResult
        {
            Model = new TrainedModel(Name, training.TargetKind, training.Features.Schema, predictor, new IdentityCalibrator(), facts),
            OutOfFold = routed,
            Objective = context.Objective.Measure(routed, training),
            Remarks = [.. folds.Remarks, .. First(refused), .. predictor.Segments.Keys.Select(comparison.Describe), comparison.DescribeAll()],
        };
    }

    private static List<string> First(List<string> refused) => refused.Count <= MostRefusedListed
        ? refused
        : [.. refused.Take(MostRefusedListed), string.Create(CultureInfo.InvariantCulture, $"{refused.Count - MostRefusedListed} more segments keep the global model.")];

    private static TrainingContext Part(TrainingContext context, int index, int count) =>
        context.Progress is null ? context : context with { Progress = new PartProgress(context.Progress, index, count) };

    private async ValueTask<SegmentedPredictor> FitAsync(TrainingSet training, TrainingContext context, List<string> remarks, CancellationToken cancellationToken)
    {
        string?[] segments = _rule.SegmentsOf(training.Features);
        IGrouping<string, int>[] groups = [.. Enumerable.Range(0, segments.Length).Where(i => segments[i] is not null).GroupBy(i => segments[i]!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)];
        TrainedModel global = (await _inner.TrainAsync(training, Part(context, 0, groups.Length + 1), cancellationToken).ConfigureAwait(false)).Model;
        Dictionary<string, TrainedModel> models = new(StringComparer.Ordinal);
        for (int g = 0; g < groups.Length; g++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TrainingSet rows = training.Select([.. groups[g]]);
            if (!_options.Suffice(rows))
            {
                remarks.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Segment '{groups[g].Key}' keeps the global model: {rows.Count} rows, {rows.PositiveCount} of them positive, where {_options.MinRows} rows and {_options.MinPositives} of either class are asked for."));
                continue;
            }

            try
            {
                models[groups[g].Key] = (await _inner.TrainAsync(rows, Part(context, g + 1, groups.Length + 1), cancellationToken).ConfigureAwait(false)).Model;
            }
            catch (TrainingException e)
            {
                remarks.Add($"Segment '{groups[g].Key}' keeps the global model. {e.Message}");
            }
        }

        return new SegmentedPredictor(_rule, global, models);
    }
}
