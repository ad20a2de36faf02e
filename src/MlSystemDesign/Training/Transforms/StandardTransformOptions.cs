namespace MlSystemDesign.Training;

/// <summary>Settings of <see cref="StandardTransform"/>.</summary>
public sealed record StandardTransformOptions
{
    /// <summary>Gets the fewest training rows of a category that gets a column of its own; rarer ones share the column "(other)".</summary>
    /// <value>At least 1. The default is 20.</value>
    public int MinCategoryCount { get; init; } = 20;

    /// <summary>Gets the skewness, in absolute value, above which a number is replaced by its signed logarithm, if that lowers the skewness by a quarter or more.</summary>
    /// <value>Above 0; infinity switches it off. The default is 2, the skewness of an exponential distribution.</value>
    public double SkewnessLimit { get; init; } = 2;

    internal void Validate()
    {
        OptionRange.AtLeast(MinCategoryCount, 1, nameof(MinCategoryCount), nameof(StandardTransform));
        OptionRange.InLeftOpen(SkewnessLimit, 0, double.PositiveInfinity, nameof(SkewnessLimit), nameof(StandardTransform));
    }
}
