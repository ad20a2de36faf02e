using System.Globalization;

namespace MlSystemDesign.Features;

/// <summary>Names that explain themselves: column, aggregate, window.</summary>
internal static class FeatureNames
{
    private static readonly (long Ticks, string Symbol)[] Units =
    [
        (TimeSpan.TicksPerDay, "d"), (TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "min"), (TimeSpan.TicksPerSecond, "s"), (TimeSpan.TicksPerMillisecond, "ms"),
    ];

    internal static string Verb(FeatureAggregate aggregate) => aggregate switch
    {
        FeatureAggregate.Count => "count",
        FeatureAggregate.Sum => "sum",
        FeatureAggregate.Mean => "mean",
        FeatureAggregate.Min => "min",
        FeatureAggregate.Max => "max",
        FeatureAggregate.Std => "std",
        FeatureAggregate.Slope => "slope",
        FeatureAggregate.Recency => "recency",
        FeatureAggregate.Coverage => "coverage",
        _ => string.Empty,
    };

    /// <summary>Writes a length in its largest whole unit: "30d", "90 min".</summary>
    internal static string Length(TimeSpan window, string space = "")
    {
        foreach ((long ticks, string symbol) in Units)
        {
            if (window.Ticks % ticks == 0)
            {
                return (window.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + space + symbol;
            }
        }

        return window.Ticks.ToString(CultureInfo.InvariantCulture) + space + "ticks";
    }

    /// <summary>Joins what is known of a feature: "ticket_count_30d", "amount_sum_all", "fee".</summary>
    internal static string Of(FeatureDefinition feature, string? alias)
    {
        string window = feature.Window is not { } length ? string.Empty : length.Kind == WindowKind.WholeHistory ? "all" : Length(length.Length);
        return string.Join('_', new[] { alias, feature.Column, Verb(feature.Aggregate), window }.Where(part => !string.IsNullOrEmpty(part)));
    }

    /// <summary>Names a filter by what it lets through: "ticket", "not_ticket", "amount_above_0".</summary>
    internal static string Alias(EventFilter filter) => filter.Operator switch
    {
        FilterOperator.Is => filter.Category!,
        FilterOperator.IsNot => "not_" + filter.Category,
        FilterOperator.Above => string.Create(CultureInfo.InvariantCulture, $"{filter.Column}_above_{filter.Limit:R}"),
        FilterOperator.Below => string.Create(CultureInfo.InvariantCulture, $"{filter.Column}_below_{filter.Limit:R}"),
        FilterOperator.AtLeast => string.Create(CultureInfo.InvariantCulture, $"{filter.Column}_at_least_{filter.Limit:R}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{filter.Column}_at_most_{filter.Limit:R}"),
    };
}
