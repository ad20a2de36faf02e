using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MlSystemDesign.Benchmarks.Comparison;
using MlSystemDesign.Benchmarks.Contenders;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>Says on what, when and how a comparison was run.</summary>
internal static class RunFacts
{
    internal static void Write(StringBuilder text, ComparisonOptions options, ComparisonResult result)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        text.AppendLine(invariant, $"- Machine: {Processor()}, {Environment.ProcessorCount} processors, {memory:F0} GiB; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}{Load()}.");
        text.AppendLine(invariant, $"- Date: {TimeProvider.System.GetUtcNow():yyyy-MM-dd}. Feature set {options.Set.Name} ({options.Set.Count} features). Seed {options.Seed}. {(options.WarmUp ? "One warm-up" : "No warm-up")}, then {options.Repeats} rounds{Own(options)}.");
        foreach (WorkloadSize size in options.Sizes)
        {
            text.AppendLine(invariant, $"- {size.Name}: {size.Events:N0} events, {size.Entities:N0} entities, the busiest with {result.Busiest[size.Name]:N0} events, two years.");
        }

        text.AppendLine(invariant, $"- Memory streams at {result.Speed.ReadOne / 1e9:F1} GB/s read and {result.Speed.WriteOne / 1e9:F1} GB/s written on one thread, {result.Speed.ReadAll / 1e9:F1} and {result.Speed.WriteAll / 1e9:F1} on all (measured in this run, best of two times).");
        text.AppendLine();
    }

    internal static string Title(string contender) => contender switch
    {
        "linq" => "LINQ",
        "loop" => "compiled loop in one pass",
        "window-loop" => "compiled loop by window",
        "duckdb-join" => "DuckDB, join + FILTER",
        "duckdb-segments" => "DuckDB, 30-day segments",
        _ => contender,
    };

    private static string Own(ComparisonOptions options) =>
        string.Concat(options.RepeatsOf.OrderBy(r => Array.IndexOf(Roster.Names, r.Key)).Select(r => string.Create(CultureInfo.InvariantCulture, $", {r.Key} {r.Value}")));

    internal static string Processor() => OperatingSystem.IsLinux()
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString()
        : RuntimeInformation.ProcessArchitecture.ToString();

    internal static string Load() => OperatingSystem.IsLinux() ? $"; load average at the end {File.ReadAllText("/proc/loadavg").Split(' ')[0]}" : string.Empty;
}
