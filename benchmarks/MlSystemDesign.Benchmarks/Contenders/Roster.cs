using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>Who takes part: the short names of the command line, and where a contender is left out.</summary>
internal static class Roster
{
    internal static readonly string[] Names = ["ours", "linq", "loop", "window-loop", "duckdb-join", "duckdb-segments"];

    internal static IContender Create(string name, FeatureSet set) => name switch
    {
        "ours" => new OursContender(set),
        "linq" => new LinqContender(set),
        "loop" => new LoopContender("compiled loop in one pass", set, (events, pairs, answers) => new LoopKernel(events, pairs, set, answers)),
        "window-loop" => new LoopContender("compiled loop by window", set, (events, pairs, answers) => new WindowLoopKernel(events, pairs, answers)),
        "duckdb-join" => new DuckDbContender(set, DuckDbForm.Join),
        "duckdb-segments" => new DuckDbContender(set, DuckDbForm.Segments),
        _ => throw new ArgumentException($"A contender must be one of {string.Join(", ", Names)}. Got '{name}'. Use --only ours,loop."),
    };

    /// <summary>Tells whether a contender answers a set of pairs; the slow ones are spared the largest.</summary>
    internal static bool Runs(string name, WorkloadSize size, string cutoffs, FeatureSet set) => name switch
    {
        "linq" => size != WorkloadSize.L && !(size == WorkloadSize.M && cutoffs == "c"),
        "duckdb-join" => size != WorkloadSize.L && !(size == WorkloadSize.M && cutoffs == "c"),
        "duckdb-segments" => size != WorkloadSize.L && !set.IsFull,
        "window-loop" => !set.IsFull,
        _ => true,
    };
}
