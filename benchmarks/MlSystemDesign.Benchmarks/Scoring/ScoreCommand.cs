using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Benchmarks.Scoring;

/// <summary>The command <c>score</c>: scores of boosted trees beside LightGBM's own, written as Markdown.</summary>
internal static class ScoreCommand
{
    /// <returns>0; 2 when the arguments are wrong; 3 when LightGBM cannot be loaded or a bar is missed.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal) { ["--compared"] = 1_000_000, ["--parallel"] = 10_000_000, ["--repeats"] = 7 };
        if (!Arguments.TryRead(arguments, numbers, out string? output))
        {
            return Usage();
        }

        (int compared, int parallel, int repeats) = (numbers["--compared"], numbers["--parallel"], numbers["--repeats"]);
        if (!LightGbmNative.TryLoad(out string reason))
        {
            Console.Error.WriteLine(reason);
            return 3;
        }

        List<ScoreMeasurement> results = [];
        double load = double.PositiveInfinity;
        foreach (bool categorical in new[] { false, true })
        {
            using BoosterWorkload workload = new(31, categorical);
            load = Math.Min(load, LoadMilliseconds(workload.Ensemble));
            results.Add(ScoreMeasurement.Of(workload, compared, parallel, repeats));
            Console.Error.WriteLine($"{results[^1].Name}: done");
        }

        string report = Report(results, load, repeats);
        Console.Write(report);
        if (output is not null)
        {
            File.WriteAllText(output, report);
        }

        return results.TrueForAll(r => r.Unequal == 0 && r.ParallelWrong == 0 && r.SingleBytes == 0 && Sample.Median(r.Single) <= 6 && Sample.Median(r.Native) / Sample.Median(r.Ours) >= 1.1) ? 0 : 3;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("score [--compared ROWS] [--parallel SCORES] [--repeats N] [--output FILE]    1,000,000, 10,000,000 and 7 by default");
        return 2;
    }

    // Reading a stored ensemble, its checks included; the best of ten, the first of which compiles.
    private static double LoadMilliseconds(TreeEnsemble ensemble)
    {
        byte[] bytes = TreeEnsembleFormat.Write(ensemble);
        return Enumerable.Range(0, 10).Min(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            TreeEnsembleFormat.Read(bytes);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
    }

    private static string Report(List<ScoreMeasurement> results, double load, int repeats)
    {
        StringBuilder text = new();
        CultureInfo invariant = CultureInfo.InvariantCulture;
        text.AppendLine("# Scores of boosted trees beside LightGBM's").AppendLine();
        text.AppendLine(invariant, $"Written by `benchmarks … score`. {BoosterWorkload.Trees} trees, {BoosterWorkload.Columns} features (44 numbers, 12 with missing values; 6 categories of 3 to 400 levels, split as codes where \"numeric\"), trained by LightGBM on {BoosterWorkload.TrainingRows:N0} generated rows.");
        text.AppendLine(invariant, $"Batches of {BoosterWorkload.TrainingRows:N0} rows, one thread each, in turns; median CPU time of {repeats} rounds after a warm-up. A stored ensemble is read in {load:F2} ms (bar 50).");
        text.AppendLine(invariant, $"{RunFacts.Processor()}; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}{RunFacts.Load()}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd}.").AppendLine();
        text.AppendLine("| model | LightGBM, µs a row | ours, µs a row | times faster (each round), bar ≥ 1.1, aim 3 | ours from a feature table, µs a row | one row: median, p99, µs (bar ≤ 6) | bytes allocated |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (ScoreMeasurement r in results)
        {
            string ratios = string.Join(", ", r.Native.Zip(r.Ours, (n, o) => (n / o).ToString("F1", invariant)));
            text.AppendLine(invariant, $"| {r.Name} | {Sample.Median(r.Native):F2} | {Sample.Median(r.Ours):F2} | **{Sample.Median(r.Native) / Sample.Median(r.Ours):F2}** ({ratios}) | {Sample.Median(r.Table):F2} | {Sample.Median(r.Single):F2}, {r.Single[(int)(r.Single.Length * 0.99)]:F2} | {r.SingleBytes} |");
        }

        text.AppendLine().AppendLine("| model | fresh rows compared with LightGBM, missing values and categories included | margins that differ in any bit | scores from eight threads on one model | wrong ones |");
        text.AppendLine("| --- | --- | --- | --- | --- |");
        foreach (ScoreMeasurement r in results)
        {
            text.AppendLine(invariant, $"| {r.Name} | {r.Compared:N0} | {r.Unequal} | {r.Parallel:N0} | {r.ParallelWrong} |");
        }

        return text.ToString();
    }
}
