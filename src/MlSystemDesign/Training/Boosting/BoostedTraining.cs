using System.Globalization;
using MlSystemDesign.Training.Losses;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>From training rows to a model, for every boosting library alike: folds by entity, boosting, calibration, facts and remarks.</summary>
/// <param name="Name">The trainer's name.</param>
/// <param name="Calibration">How log-odds become probabilities; values are not calibrated.</param>
/// <param name="Search">How the number of rounds is looked for.</param>
/// <param name="EarlyStopping">What decides the number of rounds.</param>
/// <param name="Loss">The caller's loss; null when the library's own is used.</param>
/// <param name="Settings">Settings that are worth knowing, for the model's facts.</param>
internal sealed record BoostedTraining(
    string Name, CalibrationMethod Calibration, RoundSearch Search, EarlyStoppingMetric EarlyStopping, IBoostingLoss? Loss, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    /// <summary>The boosting itself: data, fold of each row, objective to stop by (the loss when null) and progress to result.</summary>
    internal delegate BoostingResult Boost(BoostingData data, ReadOnlySpan<int> folds, RoundMeasure? objective, IProgress<BoostingProgress>? progress);

    /// <exception cref="TrainingException">The rows cannot be learnt from, or the native library failed.</exception>
    internal TrainingResult Run(TrainingSet training, TrainingContext context, Boost boost)
    {
        GroupedFolds folds = GroupedFolds.Assign(training, context.Folds, context.Seed);
        if (training.Features.Schema.Count == 0)
        {
            throw new TrainingException($"{Name} must be given at least one feature. Got none. Add features to the plan, or use logistic regression, which then predicts the base rate.");
        }

        if (Loss is not null)
        {
            ScoreLinks.Require(Loss, training);
        }

        RoundMeasure? objective = EarlyStopping == EarlyStoppingMetric.Objective ? new ObjectiveMeasure(context.Objective, training, folds, Loss, CalibrationFor(context.Objective, training)) : null;
        BoostingResult boosted;
        try
        {
            boosted = boost(DataOf(training), folds.FoldOfRow, objective, context.Progress is null ? null : new Relay(context.Progress, Name));
        }
        catch (BoostingException e)
        {
            throw new TrainingException(e.Message, e);
        }

        CrossCalibration? calibration = training.TargetKind == TargetKind.Probability ? CrossCalibration.Fit(Calibration, boosted.OutOfFoldMargins, training, folds) : null;
        ICalibrator calibrator = calibration?.Calibrator ?? (Loss?.Link ?? ScoreLink.Identity).ValueCalibrator();
        ReadOnlyMemory<double> outOfFold = calibration?.OutOfFold ?? Array.ConvertAll(boosted.OutOfFoldMargins, calibrator.Calibrate);
        return new TrainingResult
        {
            Model = new TrainedModel(
                Name, training.TargetKind, training.Features.Schema, new TreePredictor(boosted.Ensemble), calibrator, Facts(training, folds, objective, boosted, calibration)),
            OutOfFold = outOfFold,
            Objective = context.Objective.Measure(outOfFold.Span, training),
            Remarks = [.. folds.Remarks, .. Remarks(objective, boosted)],
        };
    }

    // AUC only ranks, and a calibrator reverses no rank.
    private CalibrationMethod? CalibrationFor(IObjective objective, TrainingSet training) =>
        training.TargetKind == TargetKind.Probability && objective is not AucObjective ? Calibration : null;

    private static BoostingData DataOf(TrainingSet training)
    {
        FeatureTable table = training.Features;
        RequireNoInfinity(table);
        double[] rows = new double[checked(table.RowCount * table.Schema.Count)];
        FeatureRows.Fill(table, 0, rows);
        int[] categories = [.. Enumerable.Range(0, table.Schema.Count).Where(c => table.Schema[c].Kind == ColumnKind.Category)];
        return new BoostingData(
            rows, table.Schema.Count, training.Targets.ToArray(), training.Weights.IsEmpty ? null : training.Weights.ToArray(), categories, training.TargetKind);
    }

    private static void RequireNoInfinity(FeatureTable table)
    {
        for (int c = 0; c < table.Schema.Count; c++)
        {
            int row = table.Schema[c].Kind == ColumnKind.Number ? table.Numbers(c).IndexOfAny(double.PositiveInfinity, double.NegativeInfinity) : -1;
            if (row >= 0)
            {
                throw TrainingRows.Infinite(table.Schema[c].Name, row);
            }
        }
    }

    private Dictionary<string, string> Facts(TrainingSet training, GroupedFolds folds, RoundMeasure? objective, BoostingResult boosted, CrossCalibration? calibration)
    {
        Dictionary<string, string> facts = new() { ["rows"] = training.Count.ToString(CultureInfo.InvariantCulture) };
        if (training.TargetKind == TargetKind.Probability)
        {
            facts["positives"] = training.PositiveCount.ToString(CultureInfo.InvariantCulture);
        }

        facts["folds"] = folds.Count.ToString(CultureInfo.InvariantCulture);
        facts["rounds"] = boosted.Rounds.ToString(CultureInfo.InvariantCulture);
        if (Loss is not null)
        {
            facts["loss"] = Loss.Name;
            facts["link"] = Loss.Link.ToString();
        }

        if (objective is not null)
        {
            facts["stopped by"] = objective.Name;
        }

        foreach ((string name, string value) in Settings)
        {
            facts[name] = value;
        }

        if (calibration is not null)
        {
            facts["calibration"] = calibration.Describe();
        }

        facts["parity"] = string.Create(
            CultureInfo.InvariantCulture, $"managed = native on {boosted.Parity.ProbeRows} probe rows, largest difference {boosted.Parity.MaxDifference:R}");
        return facts;
    }

    private IEnumerable<string> Remarks(RoundMeasure? objective, BoostingResult boosted)
    {
        if (boosted.Rounds == Search.MaxRounds)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{Name} was still improving at the most rounds allowed ({Search.MaxRounds}). Raise {nameof(Search.MaxRounds)} or the learning rate.");
        }

        if (boosted.Undefined is { } undefined)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{objective?.Name ?? Loss?.Name ?? "The loss"} was undefined in a fold after {undefined.Rounds} of the rounds, which were therefore not chosen: {undefined.Reason}.");
        }

        if (objective is not null && boosted.ChosenByLoss > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{objective.Name} was the same after each of the first {boosted.ChosenByLoss} rounds, of which the one of least loss was taken. Give the objective a threshold or capacity that predictions reach, or stop by {nameof(EarlyStoppingMetric)}.{nameof(EarlyStoppingMetric.Loss)}.");
        }

        if (boosted.Ensemble.Trees.All(tree => tree.Feature.Length == 0))
        {
            yield return $"No split by any feature lowers the loss enough for the penalties and the least size of a leaf: {Name} predicts the base rate for every row.";
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
