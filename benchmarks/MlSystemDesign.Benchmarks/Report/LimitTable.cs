using System.Globalization;
using System.Text;
using MlSystemDesign.Benchmarks.Comparison;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>How near ours and the loop come to what the memory allows.</summary>
internal static class LimitTable
{
    internal static void Write(StringBuilder text, ComparisonOptions options, ComparisonResult result)
    {
        text.AppendLine("## Share of the memory-bandwidth limit").AppendLine();
        text.AppendLine("The limit: events inside a window read once (16 bytes), pairs read once (16 bytes), answers written once, at the streaming speed measured above.").AppendLine();
        text.AppendLine("| workload | MB read | MB written | limit, one thread | limit, all threads | contender | share of CPU time | share of wall time |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (((string size, string cutoffs), Traffic traffic) in result.Traffic)
        {
            double one = traffic.SecondsOnOneThread(result.Speed), all = traffic.SecondsOnAllThreads(result.Speed);
            foreach (string contender in options.Only.Where(c => c is "ours" or "loop" or "window-loop"))
            {
                if (Sample.Of(result.Of(contender, size, cutoffs)) is { } s)
                {
                    text.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"| {size}-{cutoffs} | {traffic.Read / 1e6:F0} | {traffic.Written / 1e6:F0} | {one * 1e3:F1} ms | {all * 1e3:F1} ms | {RunFacts.Title(contender)} | {one / s.Cpu:P0} (best {one / s.LeastCpu:P0}) | {all / s.Wall:P0} (best {all / s.LeastWall:P0}) |");
                }
            }
        }

        text.AppendLine();
    }
}
