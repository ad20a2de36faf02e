using System.Diagnostics;
using System.Globalization;
using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>Reads the sources, builds the features and prints what came of it.</summary>
internal static class TourPrinter
{
    private const int RowsShown = 6;

    public static async Task<FeatureTable> RunAsync(Tour tour, TextWriter output, CancellationToken cancellationToken = default)
    {
        output.WriteLine(tour.Title);
        output.WriteLine();
        Stopwatch watch = Stopwatch.StartNew();
        IngestResult ingest = await tour.Sources.BuildAsync(cancellationToken: cancellationToken);
        double read = watch.Elapsed.TotalMilliseconds;
        output.WriteLine(ingest.Report);
        output.WriteLine();

        ObservationSet rows = tour.Rows(ingest.History);
        watch.Restart();
        FeatureTable table = new BatchFeatureBuilder(tour.Plan).Build(ingest.History, rows, cancellationToken: cancellationToken);
        double built = watch.Elapsed.TotalMilliseconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.RowCount} rows x {table.Schema.Count} features; read in {read:0} ms, built in {built:0} ms"));
        output.WriteLine($"plan {tour.Plan.Hash[..12]}");
        output.WriteLine();

        PrintCoverage(WindowCoverage.Inspect(tour.Plan, ingest.History.Schema, rows), output);
        output.WriteLine();
        PrintRows(table, tour.Shown, output);
        return table;
    }

    private static void PrintCoverage(WindowCoverageReport report, TextWriter output)
    {
        foreach (CheckOutcome check in report.Checks)
        {
            output.WriteLine(check);
        }

        output.WriteLine(report.Faults.Count == 0
            ? "verdict: every window lies in what its source has observed"
            : $"verdict: {report.Faults.Count} of {report.Windows.Count} windows reach outside what their source has observed");
        foreach (string fault in report.Faults)
        {
            output.WriteLine(fault);
        }
    }

    private static void PrintRows(FeatureTable table, IReadOnlyList<string> shown, TextWriter output)
    {
        List<string[]> lines = [["entity", "cutoff", .. shown]];
        for (int row = 0; row < Math.Min(RowsShown, table.RowCount); row++)
        {
            Observation observation = table.Observations[row];
            lines.Add([observation.Entity.ToString(), $"{observation.Cutoff:yyyy-MM-dd HH:mm}Z", .. shown.Select(name => Cell(table, name, row))]);
        }

        int[] widths = [.. lines[0].Select((_, c) => lines.Max(line => line[c].Length))];
        foreach (string[] line in lines)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, c) => cell.PadLeft(widths[c]))));
        }
    }

    private static string Cell(FeatureTable table, string name, int row)
    {
        if (table.Schema[table.Schema.Require(name)].Kind == ColumnKind.Category)
        {
            return table.CategoryAt(name, row) ?? "missing";
        }

        double value = table.Numbers(name)[row];
        return double.IsNaN(value) ? "missing" : value.ToString("0.###", CultureInfo.InvariantCulture);
    }
}
