namespace MlSystemDesign.Training;

/// <summary>An objective for trainers inside a wrapper that gives them rows of another base rate: it measures what the wrapper will report, on rows that weigh as they did before.</summary>
/// <param name="objective">The objective of the whole training.</param>
/// <param name="shift">From the base rate of the rows given to that of the rows as they are.</param>
internal sealed class PriorCorrectedObjective(IObjective objective, PriorShiftCalibrator shift) : IObjective
{
    // One positive counts for as many negatives as before.
    private readonly double _negative = (1 - shift.DeploymentPrior) / shift.DeploymentPrior / ((1 - shift.TrainingPrior) / shift.TrainingPrior);

    public string Name => objective.Name;

    public MetricDirection Direction => objective.Direction;

    /// <summary>The context for the inner trainer. An objective that only ranks within each class needs no correction.</summary>
    internal static TrainingContext For(TrainingContext context, double trainingPrior, double deploymentPrior) => context.Objective is AucObjective
        ? context
        : context with { Objective = new PriorCorrectedObjective(context.Objective, new PriorShiftCalibrator(new IdentityCalibrator(), trainingPrior, deploymentPrior)) };

    public Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return objective.Measure(Corrected(predictions), AsBefore(set));
    }

    public bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions)
    {
        ArgumentNullException.ThrowIfNull(set);
        CalibrationSet before = AsBefore(set);
        if (!objective.TryContributions(Corrected(predictions), before, contributions))
        {
            return false;
        }

        // Their mean is taken by the weights of the set given.
        double[] given = TrainingRows.NormalizedWeights(set), meant = TrainingRows.NormalizedWeights(before);
        for (int i = 0; i < contributions.Length; i++)
        {
            contributions[i] *= meant[i] / given[i];
        }

        return true;
    }

    private double[] Corrected(ReadOnlySpan<double> predictions) => Array.ConvertAll(predictions.ToArray(), shift.Correct);

    private CalibrationSet AsBefore(LabelledSet set)
    {
        double[] weights = new double[set.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (set.Weights.IsEmpty ? 1 : set.Weights[i]) * (set.Targets[i] == 1 ? 1 : _negative);
        }

        return new CalibrationSet(set.Features, set.Targets, set.TargetKind, weights, set.Values, set.Costs);
    }
}
