using MathNet.Numerics.Distributions;

namespace MlSystemDesign.Training;

/// <summary>How much better one model is than another on the same out-of-fold rows, row by row.</summary>
/// <param name="Gain">The weighted mean gain of the challenger per row; positive when it is better.</param>
/// <param name="Interval">Its interval; <see langword="null"/> when there is one entity only.</param>
/// <param name="Measure">What was compared: the objective, or the loss that stands in for it.</param>
/// <param name="IsObjective">Whether the objective itself was compared.</param>
/// <param name="Entities">The number of entities.</param>
internal sealed record PairedComparison(double Gain, Interval? Interval, string Measure, bool IsObjective, int Entities)
{
    /// <summary>Compares two sets of predictions for the same rows.</summary>
    /// <remarks>
    /// The standard error counts entities, not rows: se² = G/(G−1) · Σ_g (Σ_{i in g} wᵢ(dᵢ − d̄))² / (Σ wᵢ)², with Student's t on G − 1 degrees of freedom. It
    /// holds the models as they are; how they would vary with other training rows is not in it. Source: Liang and Zeger, Biometrika 73(1), 1986.
    /// </remarks>
    internal static PairedComparison Of(ReadOnlySpan<double> incumbent, ReadOnlySpan<double> challenger, TrainingSet training, IObjective objective, double confidence)
    {
        double[] before = new double[training.Count], after = new double[training.Count];
        bool isObjective = objective.TryContributions(incumbent, training, before) && objective.TryContributions(challenger, training, after);
        double sign = isObjective && objective.Direction == MetricDirection.HigherIsBetter ? 1 : -1;
        if (!isObjective)
        {
            RowLoss.Fill(incumbent, training, before);
            RowLoss.Fill(challenger, training, after);
        }

        double[] gains = after;
        for (int i = 0; i < gains.Length; i++)
        {
            gains[i] = sign * (after[i] - before[i]);
        }

        string measure = isObjective ? objective.Name : RowLoss.NameFor(training.TargetKind);
        return Clustered(gains, training, measure, isObjective, confidence);
    }

    private static PairedComparison Clustered(double[] gains, TrainingSet training, string measure, bool isObjective, double confidence)
    {
        double[] weights = TrainingRows.NormalizedWeights(training);
        double total = 0, sum = 0;
        for (int i = 0; i < gains.Length; i++)
        {
            total += weights[i];
            sum += weights[i] * gains[i];
        }

        double mean = sum / total;
        Dictionary<EntityKey, int> indexOf = [];
        List<double> deviations = [];
        for (int i = 0; i < gains.Length; i++)
        {
            EntityKey entity = training.Features.Observations.Entities[i];
            if (!indexOf.TryGetValue(entity, out int index))
            {
                index = deviations.Count;
                indexOf.Add(entity, index);
                deviations.Add(0);
            }

            deviations[index] += weights[i] * (gains[i] - mean);
        }

        int entities = deviations.Count;
        if (entities < 2)
        {
            return new(mean, null, measure, isObjective, entities);
        }

        double squares = 0;
        foreach (double deviation in deviations)
        {
            squares += deviation * deviation;
        }

        double error = Math.Sqrt(squares * entities / (entities - 1)) / total;
        double half = error * StudentT.InvCDF(0, 1, entities - 1, 0.5 + (confidence / 2));
        return new(mean, new Interval(mean - half, mean + half, confidence, "paired, clustered by entity"), measure, isObjective, entities);
    }
}
