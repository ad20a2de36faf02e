using System.Globalization;
using System.Text;
using MlSystemDesign.Benchmarks.Comparison;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>The table of seconds and memory, from which the ratios come.</summary>
internal static class TimesTable
{
    internal static void Write(StringBuilder text, ComparisonOptions options, ComparisonResult result)
    {
        text.AppendLine("## Seconds and memory").AppendLine();
        text.AppendLine("Medians, in brackets the least. Peak: resident memory above what was resident before the step.").AppendLine();
        text.AppendLine("| workload | contender | CPU s | wall s | peak MB | repeats |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (WorkloadSize size in options.Sizes)
        {
            foreach (string step in options.Cutoffs.Prepend(Measurement.Ingest))
            {
                foreach (string contender in options.Only)
                {
                    if (Sample.Of(result.Of(contender, size.Name, step)) is { } s)
                    {
                        text.AppendLine(
                            CultureInfo.InvariantCulture,
                            $"| {size.Name}{(step == Measurement.Ingest ? " " : "-")}{step} | {RunFacts.Title(contender)} | {s.Cpu:F3} ({s.LeastCpu:F3}) | {s.Wall:F3} ({s.LeastWall:F3}) | {(s.PeakBytes is { } peak ? (peak / 1e6).ToString("F0", CultureInfo.InvariantCulture) : "not known")} | {s.Count} |");
                    }
                }
            }
        }

        text.AppendLine();
    }
}
