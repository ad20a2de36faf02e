namespace MlSystemDesign.Training;

/// <summary>Turns any feature table into finite numbers on one scale, as linear models need them.</summary>
/// <remarks>
/// <para>A number column becomes its standardised value (training mean 0, deviation 1). Where values are missing in training, they become the mean, and a
/// column "name (missing)" says so with 0 or 1. A column that is very skewed is first replaced by sign(x)·ln(1 + |x|), which tames amounts of
/// money; see <see cref="StandardTransformOptions.SkewnessLimit"/> for the rule. A constant column is left out.</para>
/// <para>A category column becomes one 0/1 column per frequent level, "name=level"; rarer levels share "name=(other)" (a level never seen in training counts as missing, as everywhere), and
/// missing is a level of its own, "name=(missing)". Levels that no or every training row has are left out.</para>
/// <para>All statistics use the row weights, counts do not. Every column keeps the business feature (<see cref="FeatureColumn.Group"/>) of its source.</para>
/// </remarks>
public sealed class StandardTransform : IFeatureTransform
{
    private readonly StandardTransformOptions _options;

    /// <summary>Creates the transform.</summary>
    /// <param name="options">Its settings; the defaults when absent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public StandardTransform(StandardTransformOptions? options = null)
    {
        _options = options ?? new();
        _options.Validate();
    }

    /// <inheritdoc/>
    public IFittedTransform Fit(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        FeatureTable table = training.Features;
        double[] weights = TrainingRows.NormalizedWeights(training);
        NumberStep[] numbers =
        [
            .. Enumerable.Range(0, table.Schema.Count).Where(c => table.Schema[c].Kind == ColumnKind.Number)
                .Select(c => NumberStep.Fit(c, table.Schema[c].Name, table.Numbers(c), weights, _options.SkewnessLimit)),
        ];
        return new FittedStandardTransform(table.Schema, numbers, CategoryStep.FitAll(table, _options.MinCategoryCount));
    }
}
