using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>What both forms of the query share.</summary>
internal static class DuckDbSql
{
    internal static readonly string Day = FormattableString.Invariant($"{(double)Clock.Day:F1}::DOUBLE");

    /// <summary>The events of a pair's longest window that were known in time.</summary>
    internal static readonly string PairedEvents = FormattableString.Invariant(
        $"pairs p JOIN events e ON e.entity = p.entity AND e.time < p.cutoff AND e.time >= p.cutoff - {90 * Clock.Day} AND e.known < p.cutoff");

    /// <summary>Recency looks at all history: the pairs with nothing in the longest window look further back.</summary>
    /// <param name="found">The table of pairs that have something.</param>
    /// <param name="more">More aggregates of the older events.</param>
    internal static string Older(string found, string more = "") =>
        $"""
        older AS (
            SELECT p.pair, max(e.time) AS last{more}
            FROM pairs p JOIN events e ON e.entity = p.entity AND e.time < p.cutoff AND e.known < p.cutoff
            WHERE NOT EXISTS (SELECT 1 FROM {found} f WHERE f.pair = p.pair)
            GROUP BY p.pair)
        """;

    internal static string PerWindow(Func<int, string> columns, string separator = ", ")
    {
        List<string> parts = [];
        foreach (int days in FeatureSet.Days)
        {
            parts.Add(columns(days));
        }

        return string.Join(separator, parts);
    }
}
