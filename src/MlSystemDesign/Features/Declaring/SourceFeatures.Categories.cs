namespace MlSystemDesign.Features;

/// <content>Aggregates of category columns, and of the newest row. Missing values are skipped, except by the newest row.</content>
public sealed partial class SourceFeatures
{
    /// <summary>The most frequent value of a column; of equally frequent ones the one seen most recently. Missing for nothing.</summary>
    /// <param name="column">A category column.</param>
    public SourceFeatures Mode(string column) => PerWindow(FeatureAggregate.Mode, column);

    /// <summary>The share of a column's values that its k most frequent ones have, 0 to 1: "kind_top3_share_90d". Missing for nothing.</summary>
    /// <param name="column">A category column.</param>
    /// <param name="k">From 1.</param>
    public SourceFeatures TopShare(string column, int k = 1) => PerWindow(FeatureAggregate.TopShare, column, Rank(k));

    /// <summary>The Shannon entropy of a column's values, in nats: 0 when all are the same. Missing for nothing.</summary>
    /// <param name="column">A category column.</param>
    public SourceFeatures Entropy(string column) => PerWindow(FeatureAggregate.Entropy, column);

    /// <summary>The oldest value of a column in the window; missing for nothing.</summary>
    /// <param name="column">A category column.</param>
    public SourceFeatures FirstCategory(string column) => PerWindow(FeatureAggregate.FirstCategory, column);

    /// <summary>The newest value of a column in the window, or the n-th newest. Missing when there are fewer.</summary>
    /// <param name="column">A category column.</param>
    /// <param name="n">1 for the newest, 2 for the one before it.</param>
    public SourceFeatures LastCategory(string column, int n = 1) => PerWindow(FeatureAggregate.LastCategory, column, Rank(n));

    /// <summary>The newest visible value of a number column, such as a fee, whatever the windows; missing for nothing.</summary>
    /// <param name="column">A number column of attributes, or of events.</param>
    /// <param name="within">How old the row may be at the cutoff; an older one is missing. Any age by default.</param>
    public SourceFeatures Attribute(string column, TimeSpan? within = null) => Once(FeatureAggregate.Attribute, column, within);

    /// <summary>The newest visible value of a category column, such as a plan, whatever the windows; missing for nothing.</summary>
    /// <param name="column">A category column of attributes, or of events.</param>
    /// <param name="within">How old the row may be at the cutoff; an older one is missing. Any age by default.</param>
    public SourceFeatures Category(string column, TimeSpan? within = null) => Once(FeatureAggregate.Category, column, within);

    /// <summary>Days from which the newest visible row holds to the cutoff: "attribute_age". Missing for nothing, and for an undated row.</summary>
    public SourceFeatures Age() => Once(FeatureAggregate.Age);
}
