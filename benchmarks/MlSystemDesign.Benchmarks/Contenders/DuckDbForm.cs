namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>How the features are put to DuckDB.</summary>
internal enum DuckDbForm
{
    /// <summary>Range join of pairs and events, then aggregates with a filter per window.</summary>
    Join,

    /// <summary>Partial aggregates per pair and segment of 30 days, then merged.</summary>
    Segments,
}
