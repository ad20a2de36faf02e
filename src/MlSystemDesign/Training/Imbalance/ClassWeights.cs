using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>How much a row of each class weighs, on top of its own weight.</summary>
/// <param name="Positive">The factor of rows whose target is 1. Positive and finite.</param>
/// <param name="Negative">The factor of rows whose target is 0. Positive and finite.</param>
public sealed record ClassWeights(double Positive, double Negative)
{
    /// <summary>Gives the weights under which both classes weigh the same: n / (2·n₊) and n / (2·n₋), counted by row weight.</summary>
    /// <param name="training">Rows of both classes.</param>
    /// <exception cref="TrainingException">There are rows of one class only.</exception>
    public static ClassWeights Balanced(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        TrainingRows.RequireLearnable(training);
        double prior = TrainingRows.Prior(training);
        return new(0.5 / prior, 0.5 / (1 - prior));
    }

    internal void Validate()
    {
        if (!(Positive > 0) || !(Negative > 0) || !double.IsFinite(Positive) || !double.IsFinite(Negative))
        {
            throw new ArgumentOutOfRangeException(nameof(Positive), string.Create(
                CultureInfo.InvariantCulture, $"Class weights must be positive and finite. Got {Positive} and {Negative}. Use 1 for a class that keeps its weight."));
        }
    }

    /// <summary>The rows with their weights times the factor of their class.</summary>
    internal TrainingSet Apply(TrainingSet training)
    {
        double[] weights = new double[training.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (training.Weights.IsEmpty ? 1 : training.Weights[i]) * (training.Targets[i] == 1 ? Positive : Negative);
        }

        return new TrainingSet(training.Features, training.Targets, training.TargetKind, weights, training.Values, training.Costs);
    }
}
