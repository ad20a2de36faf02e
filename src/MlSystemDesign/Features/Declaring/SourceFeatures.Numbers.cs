namespace MlSystemDesign.Features;

/// <content>Aggregates of number columns; each adds a feature per window. Missing values are skipped.</content>
public sealed partial class SourceFeatures
{
    /// <summary>The sum of a column; 0 for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Sum(string column) => PerWindow(FeatureAggregate.Sum, column);

    /// <summary>The mean of a column; missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Mean(string column) => PerWindow(FeatureAggregate.Mean, column);

    /// <summary>The smallest value of a column; missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Min(string column) => PerWindow(FeatureAggregate.Min, column);

    /// <summary>The largest value of a column; missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Max(string column) => PerWindow(FeatureAggregate.Max, column);

    /// <summary>The sample standard deviation (n − 1) of a column; missing below two values.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Std(string column) => PerWindow(FeatureAggregate.Std, column);

    /// <summary>The sample variance (n − 1) of a column; missing below two values.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Variance(string column) => PerWindow(FeatureAggregate.Variance, column);

    /// <summary>The adjusted sample skewness of a column; missing below three values or when all are equal.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Skew(string column) => PerWindow(FeatureAggregate.Skew, column);

    /// <summary>The least-squares slope of a column per day; missing below two distinct times.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Slope(string column) => PerWindow(FeatureAggregate.Slope, column);

    /// <summary>A quantile of a column, by linear interpolation: "amount_q90_90d". Missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    /// <param name="quantile">From 0 to 1.</param>
    public SourceFeatures Quantile(string column, double quantile) => PerWindow(FeatureAggregate.Quantile, column, quantile);

    /// <summary>The median of a column; missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Median(string column) => Quantile(column, 0.5);

    /// <summary>The oldest value of a column in the window; missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures First(string column) => PerWindow(FeatureAggregate.First, column);

    /// <summary>The newest value of a column in the window, or the n-th newest: "amount_last2_all". Missing when there are fewer.</summary>
    /// <param name="column">A number column.</param>
    /// <param name="n">1 for the newest, 2 for the one before it.</param>
    public SourceFeatures Last(string column, int n = 1) => PerWindow(FeatureAggregate.Last, column, Rank(n));

    /// <summary>The number of distinct values of a column; 0 for nothing.</summary>
    /// <param name="column">A number or category column.</param>
    public SourceFeatures Distinct(string column) => PerWindow(FeatureAggregate.Distinct, column);

    /// <summary>The sum of a column in which a value counts half for every half-life that it is old: "amount_decayed_sum_14d_90d". 0 for nothing.</summary>
    /// <param name="column">A number column.</param>
    /// <param name="halfLife">A positive length.</param>
    public SourceFeatures DecayedSum(string column, TimeSpan halfLife) => PerWindow(FeatureAggregate.DecayedSum, column, period: halfLife);

    /// <summary>The mean of a column in which a value weighs half for every half-life that it is old. Missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    /// <param name="halfLife">A positive length.</param>
    public SourceFeatures DecayedMean(string column, TimeSpan halfLife) => PerWindow(FeatureAggregate.DecayedMean, column, period: halfLife);

    /// <summary>An aggregate of the host's own.</summary>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="column">The column that it reads; <see langword="null"/> when it reads times only.</param>
    public SourceFeatures Custom(IWindowAggregate aggregate, string? column = null)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        return PerWindow(FeatureAggregate.Custom, column, custom: aggregate);
    }

    // The default is written one way only, so that Last(column) and Last(column, 1) are one feature.
    private static double? Rank(int n) => n == 1 ? null : n;
}
