using System.Diagnostics;
using System.Globalization;
using MlSystemDesign.Features;

namespace MlSystemDesign.Benchmarks.Online;

/// <summary>The command <c>journal</c>: appends rows to a journal on one thread and on several, with and without a flush to disk, replays them, and prints how long that takes.</summary>
internal static class JournalCommand
{
    private static readonly HistorySchema Schema = new(
    [
        new SourceSchema
        {
            Name = "purchases", Columns = [new("amount", ColumnKind.Number, "EUR"), new("category", ColumnKind.Category)], HasKnownTime = true,
            Observed = new TimeWindow(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(60)),
        },
    ]);

    private static readonly string[] Texts = [.. Enumerable.Range(0, 40).Select(c => $"c{c:00}")];

    /// <returns>0; 2 when the arguments are wrong.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ([] or ["--folder", _]))
        {
            Console.Error.WriteLine("journal [--folder DIR]    a folder on the disk to measure; that of temporary files by default");
            return 2;
        }

        string folder = Path.Combine(arguments is [_, var given] ? given : Path.GetTempPath(), $"mlsd-journal-{Environment.ProcessId}");
        Say($"One number, one category, two times, an integer key. The clock takes {ClockNanoseconds():F0} ns a call, which is not taken off.\n");
        Say("| append | threads | rows | rows a second | median | p99 | bytes allocated a call, one thread |\n| --- | --- | --- | --- | --- | --- | --- |");
        try
        {
            Append(Path.Combine(folder, "a"), flush: false, threads: 1, rows: 2_000_000);
            Append(Path.Combine(folder, "b"), flush: false, threads: 4, rows: 500_000);
            Append(Path.Combine(folder, "c"), flush: true, threads: 1, rows: 1_000);
            Append(Path.Combine(folder, "d"), flush: true, threads: 16, rows: 500);
            Replay(Path.Combine(folder, "a"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void Append(string folder, bool flush, int threads, int rows)
    {
        using FactJournal journal = FactJournal.Open(folder, Schema, new FactJournalOptions { FlushToDisk = flush });
        AppendRows(journal, 0, new long[Math.Min(rows, 20_000)]); // warm
        long[][] ticks = [.. Enumerable.Range(0, threads).Select(_ => new long[rows])];
        long allocated = 0, start = Stopwatch.GetTimestamp();
        Thread[] writers = [.. Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            AppendRows(journal, t, ticks[t]);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }))];
        Array.ForEach(writers, w => w.Start());
        Array.ForEach(writers, w => w.Join());
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long[] all = [.. ticks.SelectMany(t => t)];
        Array.Sort(all);
        Say(
            $"| {(flush ? "flushed to disk" : "handed to the system")} | {threads} | {all.Length:N0} | {all.Length / seconds:N0} | {Microseconds(all[all.Length / 2])} | {Microseconds(all[(int)(all.Length * 0.99)])} | " +
            $"{(double)allocated / rows:F3} |");
    }

    private static void AppendRows(FactJournal journal, int thread, long[] ticks)
    {
        double[] amount = new double[1];
        string?[] text = new string?[1];
        for (int i = 0; i < ticks.Length; i++)
        {
            amount[0] = i;
            text[0] = Texts[i % Texts.Length];
            DateTimeOffset time = DateTimeOffset.UnixEpoch.AddTicks(i);
            FactRow row = new() { Entity = (long)((i * 16) + thread), Time = time, KnownTime = time, Numbers = amount, Categories = text };
            long start = Stopwatch.GetTimestamp();
            journal.Append(0, row);
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }
    }

    private static void Replay(string folder)
    {
        long start = Stopwatch.GetTimestamp();
        using FactJournal journal = FactJournal.Open(folder, Schema);
        TimeSpan open = Stopwatch.GetElapsedTime(start);
        double sum = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        start = Stopwatch.GetTimestamp();
        long rows = journal.Replay((int _, in FactRow row) => sum += row.Numbers[0]);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Say(
            $"\n{journal.LengthInBytes:N0} bytes opened in {open.TotalMilliseconds:F0} ms; {rows:N0} rows replayed in {seconds:F2} s, {seconds / rows * 1e9:F0} ns a row, " +
            $"{GC.GetAllocatedBytesForCurrentThread() - before:N0} bytes allocated in all. Sum {sum:R}.");
    }

    private static string Microseconds(long ticks) => (ticks * 1e6 / Stopwatch.Frequency).ToString("N2", CultureInfo.InvariantCulture) + " µs";

    private static double ClockNanoseconds()
    {
        long start = Stopwatch.GetTimestamp(), last = start;
        for (int i = 0; i < 1_000_000; i++)
        {
            last = Stopwatch.GetTimestamp();
        }

        return (last - start) * 1e3 / Stopwatch.Frequency;
    }

    private static void Say(string line) => Console.WriteLine(line);
}
