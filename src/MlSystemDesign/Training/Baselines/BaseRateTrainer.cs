using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Predicts the base rate for every row (the mean, for a value): the floor that any model must beat.</summary>
/// <remarks>
/// Needs no feature and one entity besides that of each row. Rows of one class have the base rate 0 or 1, and a remark says so. Out of fold each row gets the rate of the other folds.
/// </remarks>
public sealed class BaseRateTrainer : IModelTrainer
{
    /// <inheritdoc/>
    public string Name => "base rate";

    /// <inheritdoc/>
    public int Complexity => 0;

    /// <inheritdoc/>
    /// <exception cref="TrainingException">There are rows of fewer than two entities, or too few to make folds of both classes.</exception>
    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        double[] outOfFold = new double[training.Count];
        IReadOnlyList<string> remarks;
        if (IsOneClass(training))
        {
            // Folds of both classes do not exist, nor are they needed: without any entity the rate is the same.
            Array.Fill(outOfFold, training.Targets[0]);
            remarks = [string.Create(CultureInfo.InvariantCulture, $"All {training.Count} rows have the target {training.Targets[0]}: the base rate predicts it for every row, and no metric of ranking exists.")];
        }
        else
        {
            GroupedFolds folds = GroupedFolds.Assign(training, context.Folds, context.Seed);
            double[] rates = [.. Enumerable.Range(0, folds.Count).Select(fold => Mean(training, folds.FoldOfRow, fold))];
            for (int i = 0; i < outOfFold.Length; i++)
            {
                outOfFold[i] = rates[folds.FoldOfRow[i]];
            }

            remarks = folds.Remarks;
        }

        context.Progress?.Report(new TrainingProgress(Name, 1));
        Dictionary<string, string> facts = new() { ["rows"] = training.Count.ToString(CultureInfo.InvariantCulture) };
        return new(new TrainingResult
        {
            Model = new TrainedModel(Name, training.TargetKind, training.Features.Schema, new ConstantPredictor(Mean(training, [], -1)), new IdentityCalibrator(), facts),
            OutOfFold = outOfFold,
            Objective = context.Objective.Measure(outOfFold, training),
            Remarks = remarks,
        });
    }

    private static bool IsOneClass(TrainingSet training)
    {
        int positives = training.PositiveCount;
        return training.TargetKind == TargetKind.Probability && (positives == 0 || positives == training.Count)
            && training.Features.Observations.Entities.ToArray().Distinct().Skip(1).Any();
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
