namespace MlSystemDesign.Training;

/// <summary>What numbers are moved and scaled by.</summary>
public enum Scaling
{
    /// <summary>The weighted mean and deviation of the training rows.</summary>
    Standard,

    /// <summary>The median and the range between the quartiles, without weights: a few huge values do not matter.</summary>
    Robust,
}

/// <summary>Brings number columns to one scale.</summary>
/// <remarks>Missing stays missing. A column without spread (for <see cref="Scaling.Robust"/>: between its quartiles) is moved, not scaled. Category columns pass.</remarks>
/// <param name="by">What numbers are moved and scaled by.</param>
public sealed class ScalingTransform(Scaling by = Scaling.Standard) : IFeatureTransform
{
    /// <inheritdoc/>
    /// <exception cref="TrainingException">A value is infinite.</exception>
    public IFittedTransform Fit(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        FeatureTable table = training.Features;
        double[] weights = TrainingRows.NormalizedWeights(training);
        List<ColumnStep> steps = [];
        for (int c = 0; c < table.Schema.Count; c++)
        {
            if (table.Schema[c].Kind == ColumnKind.Number)
            {
                double[] sorted = FeatureValues.Sorted(table, c);
                (double centre, double scale) = by == Scaling.Standard ? Standard(c) : Robust(sorted);
                steps.Add(new ScalingStep(c, sorted.Length == 0 ? 0 : centre, scale > 0 && double.IsFinite(scale) ? scale : 1));
            }
        }

        return new FittedColumnTransform(table.Schema, steps);

        (double Centre, double Scale) Standard(int c)
        {
            NumberStep step = NumberStep.Fit(c, table.Schema[c].Name, table.Numbers(c), weights, double.PositiveInfinity);
            return (step.Mean, step.Scale);
        }
    }

    private static (double Centre, double Scale) Robust(double[] sorted) =>
        (FeatureValues.Quantile(sorted, 0.5), FeatureValues.Quantile(sorted, 0.75) - FeatureValues.Quantile(sorted, 0.25));
}
