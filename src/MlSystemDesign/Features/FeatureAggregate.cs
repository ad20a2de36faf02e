namespace MlSystemDesign.Features;

/// <summary>What a feature computes from the facts of its window. Values that are missing are skipped, except by <see cref="Attribute"/> and <see cref="Category"/>.
/// Days are 24 hours. What each needs, gives and makes of nothing is data: <see cref="AggregateTraits"/>.</summary>
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

    /// <summary>The least-squares slope of a number column over event time, in its unit per day. Missing below two distinct times.</summary>
    Slope,

    /// <summary>The time from the newest event to the cutoff, in days; above 0. Looks at all history. Missing for nothing.</summary>
    Recency,

    /// <summary>The newest visible value of a number column, in its unit. Looks at all history. Missing for nothing, when the newest value is, or when it is older than
    /// <see cref="FeatureDefinition.Period"/> (the tolerance) at the cutoff.</summary>
    Attribute,

    /// <summary>The newest visible value of a category column, like <see cref="Attribute"/>.</summary>
    Category,

    /// <summary>The share of the window that the source has observed, 0 to 1. 0 for an entity of which nothing was known before the cutoff.</summary>
    Coverage,

    /// <summary>The sample variance (n − 1) of a number column, in its unit squared. Missing below two values.</summary>
    Variance,

    /// <summary>The adjusted sample skewness G₁ = √(n(n−1))/(n−2) · m₃/m₂^1.5 of a number column (Joanes and Gill 1998, SAS and spreadsheets). Missing below three values or
    /// when all are equal.</summary>
    Skew,

    /// <summary>The oldest value of a number column in the window. Missing for nothing.</summary>
    First,

    /// <summary>The newest value of a number column in the window, or the n-th newest (<see cref="FeatureDefinition.Parameter"/>, from 1). Missing when there are fewer.</summary>
    Last,

    /// <summary>The oldest value of a category column in the window. Missing for nothing.</summary>
    FirstCategory,

    /// <summary>The newest value of a category column in the window, or the n-th newest (<see cref="FeatureDefinition.Parameter"/>, from 1). Missing when there are fewer.</summary>
    LastCategory,

    /// <summary>The number of distinct values of a number or category column. 0 for nothing.</summary>
    Distinct,

    /// <summary>The most frequent value of a category column; of equally frequent ones the one seen most recently. Missing for nothing.</summary>
    Mode,

    /// <summary>The share of the values of a category column that its k most frequent ones (<see cref="FeatureDefinition.Parameter"/>, from 1) have, 0 to 1. Missing for nothing.</summary>
    TopShare,

    /// <summary>The Shannon entropy −Σ p ln p of a category column's values, in nats, from 0. Missing for nothing.</summary>
    Entropy,

    /// <summary>A quantile of a number column (<see cref="FeatureDefinition.Parameter"/>, 0 to 1; 0.5 is the median), by linear interpolation between order statistics
    /// (type 7 of Hyndman and Fan 1996, the default of R and NumPy). Missing for nothing.</summary>
    Quantile,

    /// <summary>The time from the oldest event to the cutoff, in days; above 0. Looks at all history. Missing for nothing.</summary>
    Tenure,

    /// <summary>The mean time between neighbouring events, in days. Missing below two events.</summary>
    GapMean,

    /// <summary>The sample standard deviation (n − 1) of the times between neighbouring events, in days. Missing below three events.</summary>
    GapStd,

    /// <summary>The time between the two newest events, in days. Missing below two events.</summary>
    GapLast,

    /// <summary>The number of periods (<see cref="FeatureDefinition.Period"/>), counted back from the end of the window, with an event. 0 for nothing.</summary>
    ActivePeriods,

    /// <summary>The number of periods with an event that follow each other without a break back from the end of the window. 0 for nothing, and when the newest period has none.</summary>
    CurrentStreak,

    /// <summary>The largest number of periods with an event that follow each other without a break. 0 for nothing.</summary>
    LongestStreak,

    /// <summary>Σ 2^(−age/half-life) over events, the half-life being <see cref="FeatureDefinition.Period"/> and the age measured at the cutoff. 0 for nothing.</summary>
    DecayedCount,

    /// <summary>Σ value · 2^(−age/half-life) of a number column, in its unit. 0 for nothing.</summary>
    DecayedSum,

    /// <summary>The mean of a number column weighted by 2^(−age/half-life), in its unit. Missing for nothing.</summary>
    DecayedMean,

    /// <summary>The time from which the newest visible attribute row holds to the cutoff, in days; above 0. Missing for nothing, and for an undated row.</summary>
    Age,

    /// <summary>Arithmetic over other number features of the plan, row by row (<see cref="FeatureDefinition.Expression"/>). Missing when an operand is, and when the result
    /// is not finite, as in a division by zero.</summary>
    Expression,

    /// <summary>An aggregate of the host's own (<see cref="FeatureDefinition.Custom"/>).</summary>
    Custom,
}
