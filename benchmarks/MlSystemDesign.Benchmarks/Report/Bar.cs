namespace MlSystemDesign.Benchmarks.Report;

/// <summary>A row of the table of ratios, with what is promised.</summary>
/// <param name="Title">What is compared.</param>
/// <param name="Step">The cutoff set, for M.</param>
/// <param name="WithIngest">Whether ingest counts too.</param>
/// <param name="DuckDb">The least ratio to DuckDB's best form; <see langword="null"/> where none is promised.</param>
/// <param name="Linq">The least ratio to LINQ.</param>
/// <param name="Loop">The least ratio to the compiled loop.</param>
internal sealed record Bar(string Title, string Step, bool WithIngest, double? DuckDb, double? Linq, double? Loop)
{
    /// <summary>The most that L-a may cost in CPU seconds of M-a: five times the events, and a little for the caches.</summary>
    internal const double LargeOverMedium = 5.5;

    /// <summary>How many times a loop must beat LINQ on a to count as a rival.</summary>
    internal const double LoopOverLinq = 10;

    internal static readonly Bar[] All =
    [
        new("a, compute", "a", false, 35, 25, 2.0),
        new("c, compute", "c", false, 80, null, 3.0),
        new("b, compute", "b", false, 30, 14, 0.9),
        new("ingest + a, from unsorted columns in memory", "a", true, 8, 8, 3),
    ];
}
