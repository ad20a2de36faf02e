using System.Globalization;
using System.Text;
using MlSystemDesign.Benchmarks.Comparison;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>Writes the results of a comparison as Markdown.</summary>
internal static class ComparisonReport
{
    internal static string Write(ComparisonOptions options, ComparisonResult result)
    {
        StringBuilder text = new();
        text.AppendLine("# Point-in-time features: this library beside what a user would pick instead").AppendLine();
        text.AppendLine("Written by `dotnet run -c Release --project benchmarks/MlSystemDesign.Benchmarks -- compare`, all numbers from one run.").AppendLine();
        RunFacts.Write(text, options, result);
        RatioTable.Write(text, options, result);
        TimesTable.Write(text, options, result);
        LimitTable.Write(text, options, result);
        WriteChecks(text, result);
        WriteNotes(text);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void WriteChecks(StringBuilder text, ComparisonResult result)
    {
        text.AppendLine("## Checks before timing").AppendLine();
        text.AppendLine("Against a brute-force reference in exact integers that shares no code with a contender. Missing values must match; others to a relative 1e-9 (slopes of rivals 1e-4).").AppendLine();
        text.AppendLine("| contender | workload | pairs compared | worst difference | worst of slopes |").AppendLine("| --- | --- | --- | --- | --- |");
        foreach (CheckedAnswers c in result.Checks)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {c.Contender} | {c.Size}-{c.Cutoffs} | {c.Pairs:N0} | {c.Worst:0.0e+0} | {c.WorstSlope:0.0e+0} |");
        }

        text.AppendLine();
    }

    private static void WriteNotes(StringBuilder text)
    {
        text.AppendLine("## What is compared").AppendLine();
        text.AppendLine("- Every contender answers every pair under the same rule: event time and known time before the cutoff, windows [cutoff - length, cutoff), std with n - 1, recency over all history.");
        text.AppendLine("- Pairs come entity by entity, ids and cutoffs ascending. All start from the same unsorted columns; ingest is sorting (and for DuckDB appending whole data chunks, then a sorted table).");
        text.AppendLine("- Ours and the compiled loops allocate their answers in every repeat. DuckDB leaves its own in a table; reading them is not counted.");
        text.AppendLine("- The compiled loops sort with one Array.Sort over a packed (entity, time) key where it fits 64 bits. By window is how such a loop is written first: borders by binary search, the mean in one pass and the squares about it in a second. In one pass is the same loop with this library's own arithmetic: all windows in one pass, about a pivot.");
        text.AppendLine("- Each repeat of a round is a sample; quick contenders compute up to five times a round. CPU seconds are those of the whole process, over all threads.");
    }
}
