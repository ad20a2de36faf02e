using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Predicts the base rate for every row (the mean, for a value): the floor that any model must beat.</summary>
/// <remarks>
/// Needs no feature and one entity besides that of each row. Out of fold each row gets the rate of the other folds.
/// </remarks>
public sealed class BaseRateTrainer : IModelTrainer
{
    /// <inheritdoc/>
    public string Name => "base rate";

    /// <inheritdoc/>
    public int Complexity => 0;

    /// <inheritdoc/>
    /// <exception cref="TrainingException">There is no row, all targets are equal, or there are too few entities to make folds.</exception>
    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        TrainingRows.RequireLearnable(training);
        GroupedFolds folds = GroupedFolds.Assign(training, context.Folds, context.Seed);
        double[] rates = [.. Enumerable.Range(0, folds.Count).Select(fold => Mean(training, folds.FoldOfRow, fold))];
        double[] outOfFold = new double[training.Count];
        for (int i = 0; i < outOfFold.Length; i++)
        {
            outOfFold[i] = rates[folds.FoldOfRow[i]];
        }

        context.Progress?.Report(new TrainingProgress(Name, 1));
        Dictionary<string, string> facts = new() { ["rows"] = training.Count.ToString(CultureInfo.InvariantCulture) };
        return new(new TrainingResult
        {
            Model = new TrainedModel(Name, training.TargetKind, training.Features.Schema, new ConstantPredictor(Mean(training, [], -1)), new IdentityCalibrator(), facts),
            OutOfFold = outOfFold,
            Objective = context.Objective.Measure(outOfFold, training),
            Remarks = folds.Remarks,
        });
    }

    private static double Mean(TrainingSet training, ReadOnlySpan<int> foldOfRow, int without)
    {
        double total = 0, sum = 0;
        for (int i = 0; i < training.Count; i++)
        {
            if (foldOfRow.IsEmpty || foldOfRow[i] != without)
            {
                double weight = training.Weights.IsEmpty ? 1 : training.Weights[i];
                total += weight;
                sum += weight * training.Targets[i];
            }
        }

        return sum / total;
    }
}
