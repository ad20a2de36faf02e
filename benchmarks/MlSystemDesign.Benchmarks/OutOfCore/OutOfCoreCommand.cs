using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Features;
using MlSystemDesign.History;
using MlSystemDesign.Parquet;

namespace MlSystemDesign.Benchmarks.OutOfCore;

/// <summary>The command <c>out-of-core</c>: writes the log as a Parquet file, builds features from it in a process of its own whose managed heap has a hard cap, and prints how long that took and
/// how much memory. Every value is compared with a build in memory, bit for bit.</summary>
internal static class OutOfCoreCommand
{
    private const string Usage = "out-of-core [--size T|S|M|L] [--heap MIB] [--budget MIB] [--keys none|all]    S, 512, 256 and none by default; the budget is what the build may plan with under the cap; with keys, events are corrected and retracted";
    private const int CutoffsPerEntity = 12, EveryEntity = 10;

    /// <returns>0; 1 when a value differs or the capped process failed; 2 when the arguments are wrong.</returns>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["capped", var file, var parts, var named, var mebibytes, var keys])
        {
            return await BuildAsync(file, parts, WorkloadSize.Named(named), Mebibytes(mebibytes), keys == "all");
        }

        Dictionary<string, string> options = new(StringComparer.Ordinal) { ["--size"] = "S", ["--heap"] = "512", ["--budget"] = "256", ["--keys"] = "none" };
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length || !options.ContainsKey(arguments[i]))
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }

            options[arguments[i]] = arguments[i + 1];
        }

        string folder = Directory.CreateTempSubdirectory("out-of-core").FullName;
        try
        {
            return await MeasureAsync(folder, WorkloadSize.Named(options["--size"]), options["--heap"], options["--budget"], options["--keys"]);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            Console.Error.WriteLine($"{e.Message}\n{Usage}");
            return 2;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(string folder, WorkloadSize size, string heap, string budget, string keys)
    {
        string file = Path.Combine(folder, "events.parquet"), parts = Path.Combine(folder, "parts");
        long cap = Mebibytes(heap);
        long rows = await EventFile.WriteAsync(EventGenerator.Generate(size, EventGenerator.DefaultSeed), file, keys == "all");
        Say($"{rows:N0} rows of {size.Events:N0} events of {size.Entities:N0} entities in a file of {new FileInfo(file).Length:N0} bytes, one row group after the other in order of arrival.");
        ProcessStartInfo start = new(Environment.ProcessPath!) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (string argument in new[] { "out-of-core", "capped", file, parts, size.Name, budget, keys })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = cap.ToString("X", CultureInfo.InvariantCulture);
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode != 0 ? 1 : await CompareAsync(file, parts, size, Mebibytes(budget), keys == "all") == 0 ? 0 : 1;
    }

    private static async Task<int> BuildAsync(string file, string parts, WorkloadSize size, long budget, bool keyed)
    {
        Stopwatch watch = Stopwatch.StartNew();
        ObservationSet rows = Observations(size);
        PartitionedFeatures features = await Build(file, parts, budget, keyed).RunAsync(rows);
        double cpu = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        Say($"{rows.Count:N0} rows of core ({FeatureSet.Core.Count} features) in {features.Parts.Count} partitions: {watch.Elapsed.TotalSeconds:F1} s, {cpu:F1} CPU s.");
        Say($"Cap on the managed heap {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1048576.0:F0} MiB; peak resident {(PeakMemory.Read() ?? 0) / 1048576.0:F0} MiB, the runtime and its code included.");
        return 0;
    }

    private static async Task<long> CompareAsync(string file, string parts, WorkloadSize size, long budget, bool keyed)
    {
        ObservationSet rows = Observations(size);
        PartitionedFeatures features = await Build(file, parts, budget, keyed).RunAsync(rows); // finds every part done
        FeatureTable outOfCore = features.ReadTable();
        FeatureTable inMemory = new BatchFeatureBuilder(FeatureSet.Core.Plan).Build(EventFile.Sources(file, keyed).ToBuilder().Build().History, rows);
        long different = features.PartsFound == features.Parts.Count ? 0 : 1;
        for (int c = 0; c < inMemory.Schema.Count; c++)
        {
            ReadOnlySpan<double> one = outOfCore.Numbers(c), other = inMemory.Numbers(c);
            for (int row = 0; row < one.Length; row++)
            {
                different += BitConverter.DoubleToInt64Bits(one[row]) == BitConverter.DoubleToInt64Bits(other[row]) ? 0 : 1;
            }
        }

        Say($"Compared with a build in memory: {(long)rows.Count * inMemory.Schema.Count:N0} values, {different} differ.");
        return different;
    }

    private static PartitionedFeatureBuild Build(string file, string parts, long budget, bool keyed) => new(FeatureSet.Core.Plan, EventFile.Sources(file, keyed), parts, budget);

    private static ObservationSet Observations(WorkloadSize size) => ObservationSet.Of(
        from place in Enumerable.Range(0, size.Entities / EveryEntity)
        from month in Enumerable.Range(0, CutoffsPerEntity)
        select new Observation(EventGenerator.EntityId(place * EveryEntity), new DateTimeOffset(Clock.ToDateTime(Clock.End - (30 * month * Clock.Day)))));

    private static long Mebibytes(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) << 20;

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
