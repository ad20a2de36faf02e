using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>Range join and filtered aggregates: each window's features straight from the paired events.</summary>
internal static class DuckDbJoinQuery
{
    internal static string For(FeatureSet set) =>
        $"""
        WITH paired AS (
            SELECT p.pair, p.cutoff, e.time, e.known, e.amount, e.category{(set.IsFull ? ", e.time - lag(e.time) OVER (PARTITION BY p.pair ORDER BY e.time) AS gap" : string.Empty)}
            FROM {DuckDbSql.PairedEvents}),
        found AS MATERIALIZED (
            SELECT pair, {DuckDbSql.PerWindow(Aggregates)}, max(time) AS last,
                CASE WHEN max(time) > min(time) THEN regr_slope(amount, (time - cutoff) / {DuckDbSql.Day}) END AS slope{(set.IsFull ? Rest : string.Empty)}
            FROM paired GROUP BY pair),
        {DuckDbSql.Older("found", set.IsFull ? ", arg_max(e.amount, (e.time, e.known, e.amount)) AS newest" : string.Empty)}
        SELECT p.pair, {DuckDbSql.PerWindow(Features)}, (p.cutoff - coalesce(f.last, o.last)) / {DuckDbSql.Day} AS recency, slope{(set.IsFull ? RestFeatures : string.Empty)}
        FROM pairs p LEFT JOIN found f ON f.pair = p.pair LEFT JOIN older o ON o.pair = p.pair
        """;

    private const string Rest =
        ", count(DISTINCT category)::DOUBLE AS kinds, arg_max(amount, (time, known, amount)) AS newest, median(amount) AS middle, avg(gap) AS gap_mean, stddev_samp(gap) AS gap_std";

    private static string RestFeatures => $", coalesce(kinds, 0) AS kinds, coalesce(f.newest, o.newest) AS newest, middle, gap_mean / {DuckDbSql.Day} AS gap_mean, gap_std / {DuckDbSql.Day} AS gap_std";

    private static string Aggregates(int days)
    {
        string only = days == FeatureSet.Days[^1] ? string.Empty : FormattableString.Invariant($" FILTER (WHERE time >= cutoff - {days * Clock.Day})");
        return $"count(*){only} AS n{days}, sum(amount){only} AS sum{days}, min(amount){only} AS min{days}, max(amount){only} AS max{days}, stddev_samp(amount){only} AS std{days}";
    }

    private static string Features(int days) =>
        $"coalesce(n{days}, 0)::DOUBLE AS n{days}, coalesce(sum{days}, 0) AS sum{days}, sum{days} / nullif(n{days}, 0) AS mean{days}, min{days}, max{days}, std{days}";
}
