using System.Diagnostics;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>Times a step: CPU seconds of the process over all threads, wall seconds, peak memory.</summary>
internal static class Meter
{
    internal static Measurement Measure(string contender, string size, string step, Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long? before = PeakMemory.Restart();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        return new Measurement(contender, size, step, used, wall, PeakMemory.Read() - before);
    }
}
