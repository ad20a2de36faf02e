using System.Globalization;

namespace MlSystemDesign.Benchmarks.Models;

/// <summary>The command <c>models</c>: what the trainers reach on real data beside an independent tool, written as Markdown.</summary>
internal static class ModelsCommand
{
    /// <returns>0; 2 when the arguments are wrong; 3 when a bar is missed or nothing could be trained.</returns>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        int seeds = 10;
        string? folder = null, output = null, only = null;
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            // A standard deviation needs two seeds.
            bool known = arguments[i] switch
            {
                "--data" => Directory.Exists(folder = arguments[i + 1]),
                "--seeds" => int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out seeds) && seeds >= 2,
                "--only" => RealDataSets.All.Any(d => d.Name.StartsWith(only = arguments[i + 1], StringComparison.OrdinalIgnoreCase)),
                "--output" => (output = arguments[i + 1]).Length > 0,
                _ => false,
            };
            if (!known)
            {
                return Usage($"Got {arguments[i]} {arguments[i + 1]}.");
            }
        }

        if (folder is null || arguments.Length % 2 != 0)
        {
            return Usage(folder is null ? "Got no --data." : $"Got {arguments[^1]} without a value.");
        }

        List<ModelFigures> figures = [];
        List<string> skipped = [];
        foreach (RealData data in RealDataSets.All.Where(d => only is null || d.Name.StartsWith(only, StringComparison.OrdinalIgnoreCase)))
        {
            await MeasureAsync(data, Path.Combine(folder, data.File), seeds, figures, skipped);
            if (output is not null)
            {
                // After each data set, so that a run that is stopped leaves what it has.
                await File.WriteAllTextAsync(output, ModelsReport.Of(figures, skipped));
            }
        }

        Console.Write(ModelsReport.Of(figures, skipped));
        return figures.Count > 0 && figures.TrueForAll(f => f.IsMet) ? 0 : 3;
    }

    private static async Task MeasureAsync(RealData data, string path, int seeds, List<ModelFigures> figures, List<string> skipped)
    {
        if (!File.Exists(path))
        {
            Skip($"{data.Name}: there is no file {data.File} in the folder of data.");
            return;
        }

        ModelRows rows = await data.ReadAsync(path);
        foreach (ModelBar bar in data.Bars)
        {
            if (bar.Trainer.Availability is { IsAvailable: false, Reason: string reason })
            {
                Skip($"{data.Name}, {bar.Trainer.Name}: {reason}");
            }
            else
            {
                figures.Add(await ModelFigures.OfAsync(data, rows, bar, seeds));
            }
        }

        void Skip(string reason)
        {
            Console.Error.WriteLine(reason);
            skipped.Add(reason);
        }
    }

    private static int Usage(string got)
    {
        Console.Error.WriteLine($"models --data FOLDER [--seeds N] [--only NAME] [--output FILE]    a folder that exists, 10 seeds by default and at least 2, the data sets whose names begin so ({string.Join("; ", RealDataSets.All.Select(d => d.Name))}). {got}");
        return 2;
    }
}
