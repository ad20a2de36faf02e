using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.XGBoost;

namespace MlSystemDesign.Benchmarks.Explanation;

/// <summary>The command <c>explain</c>: exact SHAP values beside LightGBM's own, written as Markdown.</summary>
internal static class ExplainCommand
{
    /// <returns>0; 2 when the arguments are wrong; 3 when LightGBM cannot be loaded or a bar is missed.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal) { ["--rows"] = 2000, ["--repeats"] = 5 };
        if (!Arguments.TryRead(arguments, numbers, out string? output) || numbers["--rows"] > BoosterWorkload.TrainingRows)
        {
            return Usage();
        }

        (int rows, int repeats) = (numbers["--rows"], numbers["--repeats"]);
        if (!LightGbmNative.TryLoad(out string reason))
        {
            Console.Error.WriteLine(reason);
            return 3;
        }

        List<ExplainMeasurement> results = [];
        foreach ((int leaves, bool categorical) in new[] { (31, false), (31, true), (127, false), (127, true) })
        {
            using BoosterWorkload workload = new(leaves, categorical);
            Measure(workload.Subject);
        }

        string note = new XGBoostTrainer().Availability.Reason;
        if (note.Length == 0)
        {
            using BoosterWorkload workload = new(31, false);
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

    private static bool MeetsBars(ExplainMeasurement r) => Sample.Median(r.Native) / Sample.Median(r.Ours) >= r.Subject.Bar && r.MaxDifference <= r.Subject.Closest
        && (!r.Subject.BoundsOneRow || r.Single[r.Single.Length / 2] <= 100);

    private static string Report(List<ExplainMeasurement> results, int rows, int repeats, string note)
    {
        StringBuilder text = new();
        CultureInfo invariant = CultureInfo.InvariantCulture;
        text.AppendLine("# Exact SHAP values beside those of LightGBM and XGBoost").AppendLine();
        text.AppendLine(invariant, $"Written by `benchmarks … explain`. {BoosterWorkload.Trees} trees, {BoosterWorkload.Columns} features (44 numbers, 12 with missing values; 6 categories of 3 to 400 levels, split as codes where \"numeric\"), trained on {BoosterWorkload.TrainingRows:N0} generated rows. XGBoost computes its contributions in 32 bits. {note}");
        text.AppendLine(invariant, $"{rows:N0} rows, one thread each, in turns; median CPU time of {repeats} rounds after a warm-up. Ours includes scoring the rows and checking that every row adds up. A single row is timed on the clock; median and p99 are over 2,000 rows five times. Registers of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits.");
        text.AppendLine(invariant, $"{RunFacts.Processor()}; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}{RunFacts.Load()}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd}.").AppendLine();
        text.AppendLine("| model | features on the longest path | its library, µs a row | ours, µs a row | times faster (each round) | bar | largest difference |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (ExplainMeasurement r in results)
        {
            string ratios = string.Join(", ", r.Native.Zip(r.Ours, (n, o) => (n / o).ToString("F1", invariant)));
            text.AppendLine(invariant, $"| {r.Subject.Name} | {r.LongestPath} | {Sample.Median(r.Native):F1} | {Sample.Median(r.Ours):F1} | **{Sample.Median(r.Native) / Sample.Median(r.Ours):F1}** ({ratios}) | ≥ {r.Subject.Bar} | {r.MaxDifference:E1} |");
        }

        text.AppendLine().AppendLine("| model | one row, score and explanation: median, µs | p99, µs | bar | tables, MB | per tree, KB | to make them, ms |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (ExplainMeasurement r in results)
        {
            text.AppendLine(invariant, $"| {r.Subject.Name} | {r.Single[r.Single.Length / 2]:F1} | {r.Single[(int)(r.Single.Length * 0.99)]:F1} | {(r.Subject.BoundsOneRow ? "≤ 100" : "none")} | {r.TableBytes / 1e6:F2} | {r.TableBytes / 1e3 / BoosterWorkload.Trees:F1} | {r.BuildMilliseconds:F0} |");
        }

        return text.ToString();
    }
}
