namespace MlSystemDesign.Features;

/// <content>Comparisons between windows of one feature, as expressions over the features that were declared.</content>
public sealed partial class SourceFeatures
{
    /// <summary>The ratio of a feature over two windows: <c>Ratio("amount_sum", 30, 90)</c> is "amount_sum_30d / amount_sum_90d", named "amount_sum_ratio_30d_90d". Missing
    /// when either is, and for a division by zero. It has no unit.</summary>
    /// <param name="feature">The name of the feature without its window, and inside <see cref="Where"/> without the filter's alias.</param>
    /// <param name="days">The days of the window above the line; the feature must be declared over it.</param>
    /// <param name="baseDays">The days of the window below the line; the feature must be declared over it.</param>
    public SourceFeatures Ratio(string feature, int days, int baseDays) => Ratio(feature, FeatureWindow.Of(Days(days)), FeatureWindow.Of(Days(baseDays)));

    /// <summary>The ratio of a feature over two windows of any kind; see <see cref="Ratio(string, int, int)"/>.</summary>
    /// <param name="feature">The name of the feature without its window, and inside <see cref="Where"/> without the filter's alias.</param>
    /// <param name="window">The window above the line.</param>
    /// <param name="baseWindow">The window below the line.</param>
    public SourceFeatures Ratio(string feature, FeatureWindow window, FeatureWindow baseWindow) => Compare(feature, "ratio", '/', window, baseWindow, null);

    /// <summary>The difference of a feature over two windows: <c>Difference("amount_mean", 30, 90)</c> is "amount_mean_30d - amount_mean_90d", named
    /// "amount_mean_difference_30d_90d". Missing when either is.</summary>
    /// <param name="feature">The name of the feature without its window, and inside <see cref="Where"/> without the filter's alias.</param>
    /// <param name="days">The days of the window from which is taken; the feature must be declared over it.</param>
    /// <param name="baseDays">The days of the window that is taken; the feature must be declared over it.</param>
    /// <param name="unit">The unit, if any: that of the feature.</param>
    public SourceFeatures Difference(string feature, int days, int baseDays, string? unit = null) =>
        Difference(feature, FeatureWindow.Of(Days(days)), FeatureWindow.Of(Days(baseDays)), unit);

    /// <summary>The difference of a feature over two windows of any kind; see <see cref="Difference(string, int, int, string?)"/>.</summary>
    /// <param name="feature">The name of the feature without its window, and inside <see cref="Where"/> without the filter's alias.</param>
    /// <param name="window">The window from which is taken.</param>
    /// <param name="baseWindow">The window that is taken.</param>
    /// <param name="unit">The unit, if any: that of the feature.</param>
    public SourceFeatures Difference(string feature, FeatureWindow window, FeatureWindow baseWindow, string? unit = null) =>
        Compare(feature, "difference", '-', window, baseWindow, unit);

    /// <summary>The ratio of a column's slopes over two windows, "amount_slope_ratio_30d_90d": above 1 when the trend gets steeper. Both slopes must be declared.</summary>
    /// <param name="column">The number column.</param>
    /// <param name="days">The days of the window above the line.</param>
    /// <param name="baseDays">The days of the window below the line.</param>
    public SourceFeatures SlopeRatio(string column, int days, int baseDays) => Ratio($"{column}_slope", days, baseDays);

    /// <summary>Adds arithmetic over two features of this source, by their full names.</summary>
    internal SourceFeatures Compare(string feature, string name, string left, char operation, string right, string? unit)
    {
        _features.Add(new FeatureDefinition
        {
            Name = name,
            Source = string.Empty,
            Aggregate = FeatureAggregate.Expression,
            Expression = $"{Arithmetic.Quote(left)} {operation} {Arithmetic.Quote(right)}",
            Unit = unit,
            Group = _features.Find(f => f.Name == left)?.Group ?? $"{_source} {feature}",
        });
        return this;
    }

    private SourceFeatures Compare(string feature, string word, char operation, FeatureWindow window, FeatureWindow baseWindow, string? unit)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(baseWindow);
        string stem = Prefixed(feature), over = FeatureNames.Of(window), baseOver = FeatureNames.Of(baseWindow);
        return Compare(feature, $"{stem}_{word}_{over}_{baseOver}", $"{stem}_{over}", operation, $"{stem}_{baseOver}", unit);
    }
}
