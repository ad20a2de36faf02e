using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>Partial aggregates per pair and segment of 30 days before its cutoff, merged into the windows. Plain sums merge fastest; amounts are summed as whole cents, which
/// are exact in a double, so that the std of nearly equal amounts stays right.</summary>
internal static class DuckDbSegmentQuery
{
    private static readonly string SegmentLength = FormattableString.Invariant($"{30 * Clock.Day}");

    internal static string For(FeatureSet set) => set.IsFull
        ? throw new NotSupportedException("The segments must merge into the windows. Got the full set, whose median and gaps do not. Compute it with the join form.")
        : $"""
        WITH paired AS (
            SELECT p.pair, p.cutoff, e.time, e.amount, round(e.amount * 100) AS c, (e.time - p.cutoff) / {DuckDbSql.Day} AS d
            FROM {DuckDbSql.PairedEvents}),
        part AS (
            SELECT pair, (cutoff - 1 - time) // {SegmentLength} AS segment, count(*) AS n, sum(c) AS s, sum(c * c) AS ss, min(amount) AS lo, max(amount) AS hi,
                sum(d) AS t, sum(d * d) AS tt, sum(d * c) AS tc, min(time) AS first, max(time) AS last
            FROM paired GROUP BY ALL),
        found AS MATERIALIZED (
            SELECT pair, {DuckDbSql.PerWindow(Merged)}, sum(t) AS t, sum(tt) AS tt, sum(tc) AS tc, min(first) AS first, max(last) AS last
            FROM part GROUP BY pair),
        {DuckDbSql.Older("found")}
        SELECT p.pair, {DuckDbSql.PerWindow(Features)}, (p.cutoff - coalesce(f.last, o.last)) / {DuckDbSql.Day} AS recency,
            CASE WHEN f.last > first THEN (tc - t * s90 / n90) / (tt - t * t / n90) / 100 END AS slope
        FROM pairs p LEFT JOIN found f ON f.pair = p.pair LEFT JOIN older o ON o.pair = p.pair
        """;

    private static string Merged(int days)
    {
        string only = days == FeatureSet.Days[^1] ? string.Empty : $" FILTER (WHERE segment < {days / 30})";
        return $"sum(n){only}::DOUBLE AS n{days}, sum(s){only} AS s{days}, sum(ss){only} AS ss{days}, min(lo){only} AS min{days}, max(hi){only} AS max{days}";
    }

    private static string Features(int days) =>
        $"coalesce(n{days}, 0) AS n{days}, coalesce(s{days}, 0) / 100 AS sum{days}, s{days} / n{days} / 100 AS mean{days}, min{days}, max{days}, "
        + $"CASE WHEN n{days} > 1 THEN sqrt((n{days} * ss{days} - s{days} * s{days}) / (n{days} * (n{days} - 1))) / 100 END AS std{days}";
}
