using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>What a missing number is replaced by.</summary>
public enum Imputation
{
    /// <summary>The weighted mean of the training rows.</summary>
    Mean,

    /// <summary>The median of the training rows, without weights.</summary>
    Median,

    /// <summary>A stated value.</summary>
    Constant,
}

/// <summary>Replaces missing numbers, and tells them by a column "name (missing)" of 0 and 1.</summary>
/// <remarks>A column that was never or always missing in training has no such column, as it would be constant. One that was always missing becomes the constant, 0 by default.
/// Category columns pass.</remarks>
public sealed class ImputationTransform : IFeatureTransform
{
    private readonly Imputation _by;
    private readonly double _constant;
    private readonly bool _indicator;

    /// <summary>Creates the transform.</summary>
    /// <param name="by">What missing is replaced by.</param>
    /// <param name="constant">The value for <see cref="Imputation.Constant"/>, and for columns without any value. Finite.</param>
    /// <param name="indicator">Whether a column tells what was missing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The constant is not finite.</exception>
    public ImputationTransform(Imputation by = Imputation.Median, double constant = 0, bool indicator = true)
    {
        _by = by;
        _indicator = indicator;
        _constant = double.IsFinite(constant)
            ? constant
            : throw new ArgumentOutOfRangeException(nameof(constant), string.Create(CultureInfo.InvariantCulture, $"The constant must be finite. Got {constant}. Use 0 if in doubt."));
    }

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
                double value = sorted.Length == 0 || _by == Imputation.Constant ? _constant
                    : _by == Imputation.Median ? FeatureValues.Quantile(sorted, 0.5)
                    : NumberStep.Fit(c, table.Schema[c].Name, table.Numbers(c), weights, double.PositiveInfinity).Mean;
                steps.Add(new ImputationStep(c, value, _indicator && sorted.Length > 0 && sorted.Length < table.RowCount));
            }
        }

        return new FittedColumnTransform(table.Schema, steps);
    }
}
