using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Statistics;
using MlSystemDesign.Training;

namespace MlSystemDesign.Benchmarks.Models;

/// <summary>The command <c>binning</c>: what it saves to sort values into bins once for all folds, and what that changes.</summary>
internal static class BinningCommand
{
    private const int Rounds = 60;

    /// <returns>0; 2 when the arguments are wrong; 3 when LightGBM cannot be loaded.</returns>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        string? folder = arguments is ["--data", string given, ..] ? given : null;
        Dictionary<string, int> numbers = new(StringComparer.Ordinal) { ["--repeats"] = 5 };
        if (!Directory.Exists(folder) || !Arguments.TryRead(arguments.AsSpan(2), numbers, out string? output))
        {
            Console.Error.WriteLine("binning --data FOLDER [--repeats N] [--output FILE]    a folder that exists, 5 by default");
            return 2;
        }

        if (new LightGbmTrainer().Availability is { IsAvailable: false, Reason: string reason })
        {
            Console.Error.WriteLine(reason);
            return 3;
        }

        StringBuilder text = new();
        CultureInfo invariant = CultureInfo.InvariantCulture;
        text.AppendLine("# Bins of each fold's rows beside bins of all rows").AppendLine();
        text.AppendLine(invariant, $"Written by `benchmarks … binning`. LightGBM, 5 folds and the model on all rows, {Rounds} rounds each, other settings by default, two threads; in turns, median CPU seconds of {numbers["--repeats"]} rounds after a warm-up.");
        text.AppendLine(invariant, $"{RunFacts.Processor()}; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}{RunFacts.Load()}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd}.").AppendLine();
        text.AppendLine("| data: rows × columns | `PerFold`, s | `Shared`, s | times faster (each round) | AUC out of fold, `PerFold` | AUC out of fold, `Shared` |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (RealData data in RealDataSets.All.Where(d => File.Exists(Path.Combine(folder, d.File))))
        {
            TrainingSet rows = (await data.ReadAsync(Path.Combine(folder, data.File))).Training;
            List<double>[] seconds = [[], []];
            double[] auc = new double[2];
            for (int repeat = -1; repeat < numbers["--repeats"]; repeat++)
            {
                foreach (FoldBinning binning in Enum.GetValues<FoldBinning>())
                {
                    LightGbmTrainer trainer = new(new() { MaxRounds = Rounds, EarlyStoppingRounds = Rounds, Binning = binning });
                    TimeSpan start = Environment.CpuUsage.TotalTime;
                    TrainingResult result = await trainer.TrainAsync(rows, new TrainingContext { Objective = new LogLossObjective(), DegreeOfParallelism = 2 });
                    if (repeat >= 0)
                    {
                        seconds[(int)binning].Add((Environment.CpuUsage.TotalTime - start).TotalSeconds);
                    }

                    auc[(int)binning] = RankingMetrics.AucRoc(result.OutOfFold.Span, rows.Targets).Value!.Value;
                }
            }

            double strict = Sample.Median(seconds[0]), fast = Sample.Median(seconds[1]);
            string ratios = string.Join(", ", seconds[0].Zip(seconds[1], (s, f) => (s / f).ToString("F2", invariant)));
            text.AppendLine(invariant, $"| {data.Name}: {rows.Count:N0} × {rows.Features.Schema.Count} | {strict:F2} | {fast:F2} | **{strict / fast:F2}** ({ratios}) | {auc[0]:F4} | {auc[1]:F4} |");
            Console.Error.WriteLine($"{data.Name}: done");
        }

        Console.Write(text);
        if (output is not null)
        {
            await File.WriteAllTextAsync(output, text.ToString());
        }

        return 0;
    }
}
