using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.XGBoost;

namespace MlSystemDesign.Benchmarks.Explanation;

/// <summary>The command <c>explain</c>: exact SHAP values beside LightGBM's own, written as Markdown.</summary>
internal static class ExplainCommand
{
    /// <returns>0; 2 when the arguments are wrong; 3 when LightGBM cannot be loaded or a bar is missed.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        int rows = 2000, repeats = 5;
        string? output = null;
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            bool known = arguments[i] switch
            {
                "--rows" => int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out rows) && rows is > 0 and <= ExplainWorkload.TrainingRows,
                "--repeats" => int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out repeats) && repeats > 0,
                "--output" => (output = arguments[i + 1]).Length > 0,
                _ => false,
            };
            if (!known)
            {
                return Usage();
            }
        }

        if (arguments.Length % 2 != 0)
        {
            return Usage();
        }

        if (!LightGbmNative.TryLoad(out string reason))
        {
            Console.Error.WriteLine(reason);
            return 3;
        }

        List<ExplainMeasurement> results = [];
        foreach ((int leaves, bool categorical) in new[] { (31, false), (31, true), (127, false), (127, true) })
        {
            using ExplainWorkload workload = new(leaves, categorical);
            Measure(workload.Subject);
        }

        string note = new XGBoostTrainer().Availability.Reason;
        if (note.Length == 0)
        {
            using ExplainWorkload workload = new(31, false);
            ExplainSubject subject = workload.XGBoost(out XGBoostBooster booster);
            using (booster)
            {
                Measure(subject);
            }
        }

        string report = Report(results, rows, repeats, note);
        Console.Write(report);
        if (output is not null)
        {
            File.WriteAllText(output, report);
        }

        return results.TrueForAll(r => MeetsBars(r)) ? 0 : 3;

        void Measure(ExplainSubject subject)
        {
            results.Add(ExplainMeasurement.Of(subject, rows, repeats));
            Console.Error.WriteLine($"{subject.Name}: done");
        }
    }

    private static int Usage()
    {
        Console.Error.WriteLine("explain [--rows N] [--repeats N] [--output FILE]    2000 rows and 5 rounds by default");
        return 2;
    }

    private static bool MeetsBars(ExplainMeasurement r) => Median(r.Native) / Median(r.Ours) >= r.Subject.Bar && r.MaxDifference <= r.Subject.Closest
        && (!r.Subject.BoundsOneRow || r.Single[r.Single.Length / 2] <= 100);

    private static string Report(List<ExplainMeasurement> results, int rows, int repeats, string note)
    {
        StringBuilder text = new();
        CultureInfo invariant = CultureInfo.InvariantCulture;
        text.AppendLine("# Exact SHAP values beside those of LightGBM and XGBoost").AppendLine();
        text.AppendLine(invariant, $"Written by `benchmarks … explain`. {ExplainWorkload.Trees} trees, {ExplainWorkload.Columns} features (44 numbers, 12 with missing values; 6 categories of 3 to 400 levels, split as codes where \"numeric\"), trained on {ExplainWorkload.TrainingRows:N0} generated rows. XGBoost computes its contributions in 32 bits. {note}");
        text.AppendLine(invariant, $"{rows:N0} rows, one thread each, in turns; median CPU time of {repeats} rounds after a warm-up. Ours includes scoring the rows and checking that every row adds up. A single row is timed on the clock; median and p99 are over 2,000 rows five times. Registers of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits.");
        text.AppendLine(invariant, $"{RunFacts.Processor()}; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}{RunFacts.Load()}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd}.").AppendLine();
        text.AppendLine("| model | features on the longest path | its library, µs a row | ours, µs a row | times faster (each round) | bar | largest difference |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (ExplainMeasurement r in results)
        {
            string ratios = string.Join(", ", r.Native.Zip(r.Ours, (n, o) => (n / o).ToString("F1", invariant)));
            text.AppendLine(invariant, $"| {r.Subject.Name} | {r.LongestPath} | {Median(r.Native):F1} | {Median(r.Ours):F1} | **{Median(r.Native) / Median(r.Ours):F1}** ({ratios}) | ≥ {r.Subject.Bar} | {r.MaxDifference:E1} |");
        }

        text.AppendLine().AppendLine("| model | one row, score and explanation: median, µs | p99, µs | bar | tables, MB | per tree, KB | to make them, ms |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (ExplainMeasurement r in results)
        {
            text.AppendLine(invariant, $"| {r.Subject.Name} | {r.Single[r.Single.Length / 2]:F1} | {r.Single[(int)(r.Single.Length * 0.99)]:F1} | {(r.Subject.BoundsOneRow ? "≤ 100" : "none")} | {r.TableBytes / 1e6:F2} | {r.TableBytes / 1e3 / ExplainWorkload.Trees:F1} | {r.BuildMilliseconds:F0} |");
        }

        return text.ToString();
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
