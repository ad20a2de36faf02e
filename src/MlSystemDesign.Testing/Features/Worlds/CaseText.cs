using System.Globalization;
using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>A case in words: which features, at which cutoffs, from which facts.</summary>
internal static class CaseText
{
    /// <summary>Tells a case, a line for each feature, for the cutoffs, and for each fact.</summary>
    internal static string Of(FeatureCase @case)
    {
        HistorySchema schema = @case.World.History().Schema;
        return string.Join(
            '\n',
            [
                .. @case.Plan.Features.Select(f => $"  feature {Of(f)}"),
                $"  cutoff {string.Join(" and ", @case.Cutoffs.Select(Instant))}",
                .. Arrivals.Of(@case.World).Select(a => $"  fact {Of(a, schema.Sources.Single(s => s.Name == a.Source))}"),
            ]);
    }

    /// <summary>Tells an instant, in UTC, to the tick.</summary>
    internal static string Instant(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Of(FeatureDefinition f) => string.Create(
        CultureInfo.InvariantCulture,
        $"{f.Name}: {f.Aggregate} of {f.Source}{(f.Column is null ? null : $".{f.Column}")}{(f.Window is null ? null : $" over {f.Window}")}{(f.Parameter is { } p ? $", parameter {p:R}" : null)}{(f.Period is { } period ? $", period {period}" : null)}{(f.Where.Count == 0 ? null : $", where {string.Join(" and ", f.Where)}")}");

    private static string Of(Arrival row, SourceSchema source)
    {
        bool isDated = row.Time != default || source.HasKnownTime || source.KnownAfter > TimeSpan.Zero;
        string[] numbers = [.. source.Columns.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name)], categories = [.. source.Columns.Where(c => c.Kind == ColumnKind.Category).Select(c => c.Name)];
        return string.Join(", ", (string[])
        [
            $"{row.Source}: {row.Entity}{(isDated ? $" at {Instant(row.Time.UtcTicks)}" : null)}",
            .. source.HasKnownTime && row.KnownTime != row.Time ? [$"known {Instant(row.KnownTime.UtcTicks)}"] : Array.Empty<string>(),
            .. row.EventKey == default ? Array.Empty<string>() : [$"{(row.IsRetraction ? "retracts" : "a version of")} event '{row.EventKey}'"],
            .. numbers.Zip(row.Numbers, (name, value) => $"{name} {(double.IsNaN(value) ? "missing" : value.ToString("R", CultureInfo.InvariantCulture))}"),
            .. categories.Zip(row.Categories, (name, value) => $"{name} {value ?? "missing"}"),
            .. source.HasSequence ? [string.Create(CultureInfo.InvariantCulture, $"sequence {row.Sequence}")] : Array.Empty<string>(),
        ]);
    }
}
