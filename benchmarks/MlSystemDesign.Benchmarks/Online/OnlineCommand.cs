using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Benchmarks.Online;

/// <summary>The command <c>online</c>: feeds the log to the online engine one event at a time, in the order of arrival, then reads every entity, and prints how long single calls take.
/// Every value is compared with the batch engine's, bit for bit.</summary>
internal static class OnlineCommand
{
    private const int Seed = 28;
    private const int MostJournalled = 1_000_000;

    /// <returns>0; 1 when a value differs; 2 when the arguments are wrong.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ([] or ["--size", _] or ["--size", _, "--out", _]))
        {
            Console.Error.WriteLine("online [--size S] [--out FILE.md]    S or M; S by default");
            return 2;
        }

        WorkloadSize size = arguments is ["--size", "M", ..] ? WorkloadSize.M : WorkloadSize.S;
        EventColumns log = EventGenerator.Generate(size, Seed, CancellationToken.None);
        OnlineFeatures engine = Engine(log);
        StringBuilder report = new();
        Say(report, $"# Features online\n\nWritten by `dotnet run -c Release --project benchmarks/MlSystemDesign.Benchmarks -- online --size {size.Name}`. One thread; the clock itself takes {Clocks.Overhead():F0} ns a call, which is not taken off.\n");
        Say(report, $"{log.Count:N0} events of {size.Entities:N0} entities, core (20 features).\n");
        Say(report, "| call | calls | median | p99 | largest | bytes allocated a call |\n| --- | --- | --- | --- | --- | --- |");
        Add(engine.Add, log, log.Count, "add, in order of arrival", report);
        AddDurably(log, report);
        AddSteadily(log, report);
        AddCorrected(log, report);
        long now = Clock.ToDateTime(Clock.End).Ticks;
        long[] ids = [.. Enumerable.Range(0, size.Entities).Select(EventGenerator.EntityId)];
        Read(engine, ids, now, "read core, every entity once", report);
        long busiest = log.Entities.CountBy(e => e).MaxBy(e => e.Value).Key;
        Read(engine, [.. Enumerable.Repeat(busiest, 2000)], now, "read core, the busiest entity", report);
        long different = Compare(engine, log, ids);
        Say(report, $"\nCompared with the batch engine at four cutoffs: {4L * ids.Length * FeatureSet.Core.Count:N0} values, {different} differ.");
        if (arguments is [_, _, _, var file])
        {
            File.WriteAllText(file, report.ToString());
        }

        return different == 0 ? 0 : 1;
    }

    private static OnlineFeatures Engine(EventColumns log)
    {
        HistorySchema schema = Batch(log, 1).Schema;
        return new OnlineFeatures(FeatureSet.Core.Plan, schema);
    }

    private static InMemoryHistory Batch(EventColumns log, int count) => new HistoryBuilder().AddEvents("purchases", new FactColumns(count)
        .Entity(log.Entities.AsMemory(0, count)).Time(log.Times.AsMemory(0, count), EpochUnit.Microseconds).KnownTime(log.Known.AsMemory(0, count), EpochUnit.Microseconds)
        .Number("amount", log.Amounts.AsMemory(0, count), "EUR")
        .Category("category", log.Categories.AsMemory(0, count), Texts)).Build().History;

    private static string[] Texts { get; } = [.. Enumerable.Range(0, EventColumns.CategoryCount).Select(c => $"c{c:00}")];

    private delegate void Adds(int source, in FactRow row);

    /// <summary>The journal lies in the folder for temporary files, and is not forced to the disk: a row survives a kill of the process.</summary>
    private static void AddDurably(EventColumns log, StringBuilder report)
    {
        string folder = Directory.CreateTempSubdirectory("online").FullName;
        try
        {
            using DurableOnlineFeatures durable = DurableOnlineFeatures.Open(FeatureSet.Core.Plan, Batch(log, 1).Schema, folder);
            Add(durable.Add, log, Math.Min(log.Count, MostJournalled), "add, journalled first", report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Add(Adds add, EventColumns log, int count, string what, StringBuilder report)
    {
        Latencies latencies = new(count);
        string?[] text = new string?[1];
        double[] amount = new double[1];
        for (int i = 0; i < count; i++)
        {
            FactRow row = RowOf(log, i, amount, text);
            latencies.Start();
            add(0, row);
            latencies.Stop();
        }

        Say(report, latencies.Row(what));
    }

    /// <summary>The second year, while every day what is older than the windows is forgotten: as many facts go as come.</summary>
    private static void AddSteadily(EventColumns log, StringBuilder report)
    {
        OnlineFeatures engine = new(new FeaturePlan([.. FeatureSet.Core.Plan.Features.Where(f => f.Window is not null)]), Batch(log, 1).Schema);
        int from = Array.FindIndex(log.Known, t => t >= Clock.Start + (365 * Clock.Day)), entities = 0;
        Latencies latencies = new(log.Count - from);
        string?[] text = new string?[1];
        double[] amount = new double[1];
        long day = Clock.Start + (FeatureSet.Days[^1] * Clock.Day), allocated = 0, before = 0;
        for (int i = 0; i < log.Count; i++)
        {
            if (log.Known[i] >= day)
            {
                allocated += i > from ? GC.GetAllocatedBytesForCurrentThread() - before : 0;
                engine.Forget(Clock.ToDateTime(day - (FeatureSet.Days[^1] * Clock.Day)));
                day += Clock.Day;
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            if (i == from)
            {
                (entities, before) = (engine.EntityCount, GC.GetAllocatedBytesForCurrentThread());
            }

            FactRow row = RowOf(log, i, amount, text);
            if (i < from)
            {
                engine.Add(0, row);
                continue;
            }

            latencies.Start();
            engine.Add(0, row);
            latencies.Stop();
        }

        Say(report, latencies.Row($"add, second year, older than 90 days forgotten daily, {engine.EntityCount - entities:N0} new entities", allocated));
    }

    /// <summary>Events with keys, of which one in twenty is corrected and one in fifty retracted when the next event comes.</summary>
    private static void AddCorrected(EventColumns log, StringBuilder report)
    {
        OnlineFeatures engine = Engine(log);
        int count = Math.Min(log.Count, MostJournalled);
        Latencies latencies = new(count + (count / 20) + (count / 50) + 2);
        string?[] text = new string?[1];
        double[] amount = new double[1];
        for (int i = 0; i < count; i++)
        {
            FactRow row = RowOf(log, i, amount, text) with { EventKey = (long)i };
            latencies.Start();
            engine.Add(0, row);
            latencies.Stop();
            if (i % 20 == 10 || i % 50 == 25)
            {
                DateTimeOffset known = row.KnownTime.AddMinutes(5);
                row = i % 50 == 25 ? new FactRow { Entity = row.Entity, EventKey = row.EventKey, KnownTime = known, IsRetraction = true } : row with { KnownTime = known };
                latencies.Start();
                engine.Add(0, row);
                latencies.Stop();
            }
        }

        Say(report, latencies.Row("add, with event keys, 5 % corrected, 2 % retracted"));
    }

    private static FactRow RowOf(EventColumns log, int i, double[] amount, string?[] text)
    {
        text[0] = Texts[log.Categories[i]];
        amount[0] = log.Amounts[i];
        return new FactRow { Entity = log.Entities[i], Time = Clock.ToDateTime(log.Times[i]), KnownTime = Clock.ToDateTime(log.Known[i]), Numbers = amount, Categories = text };
    }

    private static void Read(OnlineFeatures engine, long[] ids, long now, string what, StringBuilder report)
    {
        double[] numbers = new double[FeatureSet.Core.Count];
        string?[] texts = new string?[numbers.Length];
        DateTimeOffset cutoff = new(now, TimeSpan.Zero);
        for (int i = 0; i < 20_000; i++)
        {
            engine.Read(ids[i % ids.Length], cutoff, numbers, texts); // warm
        }

        Latencies latencies = new(ids.Length);
        foreach (long id in ids)
        {
            EntityKey key = id;
            latencies.Start();
            engine.Read(key, cutoff, numbers, texts);
            latencies.Stop();
        }

        Say(report, latencies.Row(what));
    }

    private static long Compare(OnlineFeatures engine, EventColumns log, long[] ids)
    {
        InMemoryHistory history = Batch(log, log.Count);
        long different = 0;
        foreach (int daysBack in new[] { 0, 45, 200, 400 })
        {
            long cutoff = Clock.ToDateTime(Clock.End - (daysBack * Clock.Day)).Ticks;
            ObservationSet rows = ObservationSet.Of(ids.Select(i => (EntityKey)i).ToArray(), Enumerable.Repeat(cutoff, ids.Length).ToArray());
            FeatureTable online = engine.Read(rows), batch = new BatchFeatureBuilder(FeatureSet.Core.Plan).Build(history, rows);
            for (int c = 0; c < batch.Schema.Count; c++)
            {
                ReadOnlySpan<double> a = online.Numbers(c), b = batch.Numbers(c);
                for (int row = 0; row < a.Length; row++)
                {
                    different += BitConverter.DoubleToInt64Bits(a[row]) == BitConverter.DoubleToInt64Bits(b[row]) ? 0 : 1;
                }
            }
        }

        return different;
    }

    private static void Say(StringBuilder report, string line)
    {
        Console.WriteLine(line);
        report.Append(line).Append('\n');
    }

    /// <summary>How long single calls take.</summary>
    private sealed class Latencies(int calls)
    {
        private readonly long[] _ticks = new long[calls];
        private readonly long _allocated = GC.GetAllocatedBytesForCurrentThread();
        private int _count;
        private long _start;

        internal void Start() => _start = Stopwatch.GetTimestamp();

        internal void Stop() => _ticks[_count++] = Stopwatch.GetTimestamp() - _start;

        internal string Row(string what) => Row(what, GC.GetAllocatedBytesForCurrentThread() - _allocated);

        internal string Row(string what, long allocated)
        {
            double bytes = allocated / (double)_count;
            Array.Sort(_ticks, 0, _count);
            return string.Create(CultureInfo.InvariantCulture, $"| {what} | {_count:N0} | {At(0.5)} | {At(0.99)} | {At(1)} | {bytes:F1} |");
        }

        private string At(double share) => string.Create(
            CultureInfo.InvariantCulture, $"{_ticks[(int)(share * (_count - 1))] * 1e6 / Stopwatch.Frequency:F2} µs");
    }

    private static class Clocks
    {
        internal static double Overhead()
        {
            const int Calls = 1_000_000;
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Calls; i++)
            {
                Stopwatch.GetTimestamp();
            }

            return (Stopwatch.GetTimestamp() - start) * 1e9 / Stopwatch.Frequency / Calls;
        }
    }
}
