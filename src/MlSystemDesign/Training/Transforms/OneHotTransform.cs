namespace MlSystemDesign.Training;

/// <summary>Gives each frequent level of a category column a column "name=level" of 0 and 1.</summary>
/// <remarks>Rarer levels share "name=(other)", missing has "name=(missing)". A level never seen in training counts as missing, as everywhere. Levels that no or every training row has are left out. Number columns pass.</remarks>
public sealed class OneHotTransform : IFeatureTransform
{
    private readonly int _minCount;

    /// <summary>Creates the transform.</summary>
    /// <param name="minCategoryCount">The fewest training rows of a level that gets a column of its own. At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public OneHotTransform(int minCategoryCount = 20)
    {
        OptionRange.AtLeast(minCategoryCount, 1, nameof(minCategoryCount), nameof(OneHotTransform));
        _minCount = minCategoryCount;
    }

    /// <inheritdoc/>
    public IFittedTransform Fit(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new FittedColumnTransform(training.Features.Schema, [.. CategoryStep.FitAll(training.Features, _minCount).Select(step => new OneHotStep(step))]);
    }
}
