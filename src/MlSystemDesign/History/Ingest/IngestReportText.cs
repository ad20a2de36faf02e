using System.Globalization;
using System.Text;

namespace MlSystemDesign.History;

/// <summary>Writes an ingest report as a table.</summary>
internal static class IngestReportText
{
    private static readonly string[] Header = ["source", "read", "kept", "skipped", "replaced", "equal rows", "entities", "late", "observed"];

    public static string Write(IngestReport report)
    {
        List<string[]> rows = [Header, .. report.Sources.Select(Cells)];
        int[] widths = [.. Header.Select((_, c) => rows.Max(r => r[c].Length))];
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, c) => c is 0 or 8 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
        }

        foreach (SourceReport source in report.Sources)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{source.Source}: observed {source.ObservedBasis}; {source.TimeZone}.");
            if (source.OutsideObserved > 0)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{source.Source}: {source.OutsideObserved} rows happened outside of the declared span.");
            }

            if (source.RowsRevised > 0 || source.RowsRetracted > 0)
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture, $"{source.Source}: {source.RowsRevised} facts are revised or retracted later; {source.RowsRetracted} rows are retractions.");
            }

            foreach (SkippedRows skipped in source.Skipped)
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{source.Source}: skipped {skipped.Count}: {skipped.Reason}{(skipped.Column is null ? string.Empty : $" in '{skipped.Column}'")}, first in row {string.Join(", ", skipped.FirstRows)}; got {skipped.Example}.");
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"{report.Entities} entities in all.").ToString();
    }

    private static string[] Cells(SourceReport source) =>
    [
        source.Source, Count(source.RowsRead), Count(source.RowsKept), Count(source.RowsSkipped), Count(source.RowsReplaced), Count(source.ExactDuplicates),
        Count(source.Entities), string.Create(CultureInfo.InvariantCulture, $"{source.LateShare * 100:0.##} %"), source.Observed.ToString(),
    ];

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);
}
