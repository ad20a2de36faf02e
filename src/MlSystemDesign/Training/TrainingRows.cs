using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>What every built-in trainer asks of its rows.</summary>
internal static class TrainingRows
{
    /// <exception cref="TrainingException">There is no row, all targets are equal, or a feature is infinite.</exception>
    internal static void RequireLearnable(TrainingSet training)
    {
        if (training.Count == 0)
        {
            throw new TrainingException("A model must be trained on at least one row of each class. Got no rows. Check the cohort, the label status and the split.");
        }

        int positives = training.PositiveCount;
        if (training.TargetKind == TargetKind.Probability && (positives == 0 || positives == training.Count))
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"A model must be trained on rows of both classes. Got {positives} positives among {training.Count} rows. Choose another horizon or outcome, or train on a longer history."));
        }

        RequireFinite(training.Features);
    }

    /// <exception cref="TrainingException">The targets are values, not classes.</exception>
    internal static void RequireProbability(TrainingSet training, string trainer)
    {
        if (training.TargetKind != TargetKind.Probability)
        {
            throw new TrainingException(
                $"The targets of {trainer} must be 0 or 1, of kind {nameof(TargetKind.Probability)}. Got kind {training.TargetKind}. Frame a yes/no outcome, or bring a trainer for values.");
        }
    }

    /// <summary>The share of positives by weight.</summary>
    internal static double Prior(LabelledSet set)
    {
        double[] weights = NormalizedWeights(set);
        double total = 0, positive = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            total += weights[i];
            positive += set.Targets[i] == 1 ? weights[i] : 0;
        }

        return positive / total;
    }

    // Before folds are made, so that the row named is that of the set.
    private static void RequireFinite(FeatureTable table)
    {
        for (int c = 0; c < table.Schema.Count; c++)
        {
            int row = table.Schema[c].Kind == ColumnKind.Number ? table.Numbers(c).IndexOfAny(double.PositiveInfinity, double.NegativeInfinity) : -1;
            if (row >= 0)
            {
                throw Infinite(table.Schema[c].Name, row);
            }
        }
    }

    /// <summary>What to throw when a feature is infinite.</summary>
    internal static TrainingException Infinite(string column, int row) => new(string.Create(
        CultureInfo.InvariantCulture, $"A feature must be finite, or NaN for missing. Got infinity in '{column}', row {row + 1}. Repair the value or mark it missing."));

    /// <summary>The weights divided by their mean, so that a penalty means the same for any scale; ones without weights. None is 0, however small.</summary>
    internal static double[] NormalizedWeights(LabelledSet set)
    {
        double[] weights = new double[set.Count];
        if (set.Weights.IsEmpty)
        {
            Array.Fill(weights, 1);
            return weights;
        }

        double sum = 0;
        foreach (double weight in set.Weights)
        {
            sum += weight;
        }

        double mean = sum / set.Count;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Max(set.Weights[i] / mean, double.Epsilon);
        }

        return weights;
    }
}
