using System.Globalization;
using System.Text;
using MlSystemDesign.Benchmarks.Comparison;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>The table of ratios: CPU seconds of a rival over ours, beside what is promised for M.</summary>
internal static class RatioTable
{
    private const string NotRun = "not run";

    internal static void Write(StringBuilder text, ComparisonOptions options, ComparisonResult result)
    {
        WorkloadSize size = options.Sizes.FirstOrDefault(s => s == WorkloadSize.M) ?? options.Sizes.FirstOrDefault(s => s != WorkloadSize.L) ?? WorkloadSize.M;
        bool promised = size == WorkloadSize.M && !options.Set.IsFull;
        text.AppendLine("## CPU ratios, rival / ours").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Of the medians of all repeats, in brackets of the least. {(promised ? "\"≥\" is what is promised." : "Nothing is promised for this size and set.")}").AppendLine();
        text.AppendLine("| workload | DuckDB best | LINQ | compiled loop by window | compiled loop in one pass |").AppendLine("| --- | --- | --- | --- | --- |");
        foreach (Bar bar in Bar.All)
        {
            Sample? Of(string contender)
            {
                Sample? compute = Sample.Of(result.Of(contender, size.Name, bar.Step));
                return bar.WithIngest ? Sample.Sum(Sample.Of(result.Of(contender, size.Name, Measurement.Ingest)), compute) : compute;
            }

            Sample? ours = Of("ours");
            Sample? duckDb = new[] { Of("duckdb-join"), Of("duckdb-segments") }.OfType<Sample>().MinBy(s => s.Cpu);
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {bar.Title.Replace(bar.Step + ",", $"{size.Name}-{bar.Step} {options.Set.Name},", StringComparison.Ordinal)} | {Cell(duckDb, ours, promised ? bar.DuckDb : null)} | {Cell(Of("linq"), ours, promised ? bar.Linq : null)} | {Cell(Of("window-loop"), ours, promised ? bar.Loop : null)} | {Cell(Of("loop"), ours, promised ? bar.Loop : null)} |");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"| L-a {options.Set.Name}, CPU in M-a's | {LargeOverMedium(result, promised)} | | | |").AppendLine();
        WriteLoopCheck(text, result, size);
    }

    private static string Cell(Sample? rival, Sample? ours, double? bar)
    {
        if (rival is null || ours is null)
        {
            return NotRun + (bar is { } wanted ? Invariant($", ≥ {wanted:0.0}") : string.Empty);
        }

        double ratio = rival.Cpu / ours.Cpu;
        return Invariant($"{ratio:0.0} ({rival.LeastCpu / ours.LeastCpu:0.0})") + (bar is { } least ? Invariant($", ≥ {least:0.0}: {(ratio >= least ? "met" : "**missed**")}") : string.Empty);
    }

    private static string LargeOverMedium(ComparisonResult result, bool promised)
    {
        if (Sample.Of(result.Of("ours", "L", "a")) is not { } large || Sample.Of(result.Of("ours", "M", "a")) is not { } medium)
        {
            return Invariant($"{NotRun}, ours ≤ {Bar.LargeOverMedium:0.0}");
        }

        double ratio = large.Cpu / medium.Cpu;
        return Invariant($"ours {ratio:0.0} ({large.LeastCpu / medium.LeastCpu:0.0})") + (promised ? Invariant($", ≤ {Bar.LargeOverMedium:0.0}: {(ratio <= Bar.LargeOverMedium ? "met" : "**missed**")}") : string.Empty);
    }

    /// <summary>A loop that does not beat LINQ by far would be no rival.</summary>
    private static void WriteLoopCheck(StringBuilder text, ComparisonResult result, WorkloadSize size)
    {
        foreach (string name in (string[])["window-loop", "loop"])
        {
            if (Sample.Of(result.Of("linq", size.Name, "a")) is { } linq && Sample.Of(result.Of(name, size.Name, "a")) is { } loop)
            {
                double ratio = linq.Cpu / loop.Cpu;
                text.AppendLine(Invariant($"The {RunFacts.Title(name)} beats LINQ {ratio:0.0} times on {size.Name}-a; it must do so at least {Bar.LoopOverLinq:0} times to be a rival: {(ratio >= Bar.LoopOverLinq ? "met" : "**missed**")}."));
                text.AppendLine();
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
