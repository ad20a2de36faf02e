namespace MlSystemDesign.Features;

/// <summary>What a feature computes from the facts of its window. Numbers that are missing (NaN) are skipped, except by <see cref="Attribute"/>.</summary>
public enum FeatureAggregate
{
    /// <summary>The number of events. 0 for nothing.</summary>
    Count,

    /// <summary>The sum of a number column, in its unit. 0 for nothing.</summary>
    Sum,

    /// <summary>The mean of a number column, in its unit. Missing for nothing.</summary>
    Mean,

    /// <summary>The smallest value of a number column, in its unit. Missing for nothing.</summary>
    Min,

    /// <summary>The largest value of a number column, in its unit. Missing for nothing.</summary>
    Max,

    /// <summary>The sample standard deviation (n − 1) of a number column, in its unit. Missing below two values.</summary>
    Std,

    /// <summary>The least-squares slope of a number column over event time, in its unit per day of 24 hours. Missing below two distinct times.</summary>
    Slope,

    /// <summary>The time from the newest event to the cutoff, in days of 24 hours; above 0. Looks at all history. Missing for nothing.</summary>
    Recency,

    /// <summary>The newest visible value of a number column, in its unit. Looks at all history. Missing for nothing, or when the newest value is.</summary>
    Attribute,

    /// <summary>The newest visible value of a category column. Looks at all history. Missing for nothing, or when the newest value is.</summary>
    Category,

    /// <summary>The share of the window, 0 to 1, that lies inside the span which the source has observed. 0 for an entity of which nothing is known.</summary>
    Coverage,
}
