using System.Globalization;

namespace MlSystemDesign.Features;

/// <summary>Names that explain themselves: column, aggregate, window.</summary>
internal static class FeatureNames
{
    private const string Ticks = "ticks";

    private static readonly (long Ticks, string Symbol)[] Units =
    [
        (TimeSpan.TicksPerDay, "d"), (TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "min"), (TimeSpan.TicksPerSecond, "s"), (TimeSpan.TicksPerMillisecond, "ms"), (1, Ticks),
    ];

    /// <summary>Writes a length in its largest whole unit: "30d", "90 min".</summary>
    internal static string Length(TimeSpan length, string space = "")
    {
        (long ticks, string symbol) = Units.First(u => length.Ticks % u.Ticks == 0);
        return (length.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + space + symbol;
    }

    /// <summary>Finds the length of a unit in ticks; <see langword="null"/> when there is no such unit.</summary>
    internal static long? TicksOf(string symbol) => Units.Where(u => u.Symbol == symbol).Select(u => (long?)u.Ticks).FirstOrDefault();

    /// <summary>Writes a number the same in every culture.</summary>
    internal static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Names a quantile: "median", "q90", "q2.5".</summary>
    internal static string Quantile(double? quantile) => quantile switch
    {
        null => "quantile",
        0.5 => "median",
        >= 0 and <= 1 => "q" + ((decimal)quantile.Value * 100).ToString("0.##########################", CultureInfo.InvariantCulture), // decimal: 0.07 is 7 %, not 7.000000000000001
        _ => "q" + Number(quantile.Value),
    };

    /// <summary>Joins what is known of a feature: "ticket_count_30d", "amount_sum_all", "fee", "amount_sum_30d_lag30d".</summary>
    internal static string Of(FeatureDefinition feature, string? alias)
    {
        string aggregate = feature.Entry?.NamePart(feature) ?? feature.Custom?.Name ?? string.Empty;
        return string.Join('_', new[] { alias, feature.Column, aggregate, feature.Window is null ? null : Of(feature.Window) }.Where(part => !string.IsNullOrEmpty(part)));
    }

    /// <summary>Names a window: "30d", "1mo", "7caldays", "all", "last5", "30d_lag30d".</summary>
    internal static string Of(FeatureWindow window)
    {
        string lag = window.Lag == TimeSpan.Zero ? string.Empty : "_lag" + Length(window.Lag);
        return lag.Insert(0, window.Kind switch
        {
            WindowKind.WholeHistory => "all",
            WindowKind.LastEvents => string.Create(CultureInfo.InvariantCulture, $"last{window.Events}"),
            WindowKind.Calendar when window.Days == 0 => string.Create(CultureInfo.InvariantCulture, $"{window.Months}mo"),
            WindowKind.Calendar when window.Months == 0 => string.Create(CultureInfo.InvariantCulture, $"{window.Days}caldays"),
            WindowKind.Calendar => string.Create(CultureInfo.InvariantCulture, $"{window.Months}mo{window.Days}caldays"),
            _ => Length(window.Length),
        });
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
