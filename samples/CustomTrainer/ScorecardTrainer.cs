using MlSystemDesign;

namespace CustomTrainer;

/// <summary>A host's own trainer: cuts one column into bands of equal size, and gives each band its smoothed share of positives.</summary>
/// <remarks>Everything else (guard, evaluation, decisions, drift, saving and loading) works with it unchanged.</remarks>
public sealed class ScorecardTrainer(string column, int bands = 10) : IModelTrainer
{
    public string Name => $"scorecard on {column}";

    public int Complexity => 1;

    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        Scorecard scorecard = Fit(training);
        FeatureSchema schema = new([training.Features.Schema[training.Features.Schema.Require(column)]]);
        TrainedModel model = new(Name, TargetKind.Probability, schema, scorecard, new AsItIs());

        // Rows that the fit has not seen: each fold is scored by a card fitted to the other folds, all rows of a customer in one fold.
        int[] folds = [.. Enumerable.Range(0, training.Count).Select(i => FoldOf(training.Features.Observations.Entities[i], context.Folds))];
        double[] outOfFold = new double[training.Count];
        for (int fold = 0; fold < context.Folds; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (TrainingSet inside, CalibrationSet outside) = training.SplitOff(folds, fold);
            if (outside.Count == 0)
            {
                continue;
            }

            double[] scores = new double[outside.Count];
            Fit(inside).Score(outside.Features.AlignTo(schema), scores);
            int[] rows = [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold)];
            for (int i = 0; i < rows.Length; i++)
            {
                outOfFold[rows[i]] = scores[i];
            }

            context.Progress?.Report(new TrainingProgress("folds", (fold + 1.0) / context.Folds));
        }

        return ValueTask.FromResult(new TrainingResult { Model = model, OutOfFold = outOfFold, Objective = context.Objective.Measure(outOfFold, training) });
    }

    private Scorecard Fit(TrainingSet training)
    {
        double[] values = training.Features.Numbers(column).ToArray();
        double[] targets = training.Targets.ToArray();
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0 || training.PositiveCount == 0 || training.PositiveCount == training.Count)
        {
            throw new TrainingException($"A scorecard must see both outcomes and at least one value. Got {training.PositiveCount} positives in {training.Count} rows. Train on more cutoffs.");
        }

        double[] edges = [.. Enumerable.Range(1, bands - 1).Select(b => sorted[b * sorted.Length / bands]).Distinct()];
        double[] positives = new double[edges.Length + 2], rows = new double[edges.Length + 2];
        for (int i = 0; i < values.Length; i++)
        {
            int band = Scorecard.BandOf(values[i], edges);
            positives[band] += targets[i];
            rows[band]++;
        }

        double share = targets.Average();
        return new Scorecard(edges, [.. positives.Select((p, b) => (p + (10 * share)) / (rows[b] + 10))]);
    }

    private static int FoldOf(EntityKey entity, int folds) =>
        (int)(entity.ToCanonicalString().Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) % (uint)folds);
}
