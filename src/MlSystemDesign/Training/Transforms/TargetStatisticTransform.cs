using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Replaces category columns by the mean target of their level, shrunk to the base rate: (Σ w·y + a·prior) / (Σ w + a).</summary>
/// <remarks>
/// <para>Training rows are encoded in order of time: each row by those rows only whose cutoff lies before its own and whose label had matured by then. Neither its own target nor one of the
/// same cutoff is in it, so ties do not depend on the order of the rows. The prior is the mean target of those earlier rows too, (Σ w·y + m) / (Σ w + 1) with m ½ for a probability and 0 for
/// a value. Rows without cutoffs are taken in the order of a hash of seed and entity; rows of one entity are of the same time. At scoring all training rows count.</para>
/// <para>Missing is a level of its own; a level never seen counts as missing, one without training rows has the prior. Number columns pass. O(n log n).
/// Source: Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features", NeurIPS 2018, section 3.2.</para>
/// </remarks>
public sealed class TargetStatisticTransform : IFeatureTransform
{
    private readonly double _strength;
    private readonly TimeSpan _labelDelay;
    private readonly int _seed;

    /// <summary>Creates the transform.</summary>
    /// <param name="strength">a: how many rows the prior counts as. Positive and finite.</param>
    /// <param name="labelDelay">How long after its cutoff a label is known: lead time plus horizon of the frame. Zero when unknown: earlier cutoffs then count.</param>
    /// <param name="seed">The order of rows without cutoffs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public TargetStatisticTransform(double strength = 10, TimeSpan labelDelay = default, int seed = 1)
    {
        OptionRange.InLeftOpen(strength, 0, double.MaxValue, nameof(strength), nameof(TargetStatisticTransform));
        if (labelDelay < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(labelDelay), string.Create(
                CultureInfo.InvariantCulture, $"The label delay must not be negative. Got {labelDelay}. Pass lead time plus horizon of the frame."));
        }

        (_strength, _labelDelay, _seed) = (strength, labelDelay, seed);
    }

    /// <inheritdoc/>
    public IFittedTransform Fit(TrainingSet training) => FitColumns(training);

    /// <inheritdoc/>
    public (IFittedTransform Fitted, FeatureTable Rows) FitTransform(TrainingSet training)
    {
        FittedColumnTransform fitted = FitColumns(training);
        TargetOrder order = TargetOrder.Of(training, _labelDelay, _seed);
        return (fitted, fitted.With(training.Features, step => [order.Encode(training.Features.Codes(step.Column), training.Features.Schema[step.Column].Levels.Count, _strength)]));
    }

    private FittedColumnTransform FitColumns(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        TargetOrder order = TargetOrder.Of(training, _labelDelay, _seed);
        FeatureTable table = training.Features;
        List<ColumnStep> steps = [];
        for (int c = 0; c < table.Schema.Count; c++)
        {
            if (table.Schema[c].Kind == ColumnKind.Category)
            {
                double[] all = order.EncodeAfterAll(table.Codes(c), table.Schema[c].Levels.Count, _strength);
                steps.Add(new LevelValueStep(c, "mean target of the level", all[1..], all[0]));
            }
        }

        return new FittedColumnTransform(table.Schema, steps);
    }
}
