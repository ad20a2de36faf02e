using System.Diagnostics;
using System.Globalization;
using MlSystemDesign;

namespace ChurnRetention.Job;

/// <summary>Prints each step once, and its share at most once a second: readable in a terminal and in a log file.</summary>
internal sealed class ProgressPrinter(TextWriter writer) : IProgress<SystemProgress>
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private string _step = string.Empty;
    private TimeSpan _printed;

    public void Report(SystemProgress value)
    {
        lock (_lock)
        {
            bool isNew = !string.Equals(value.Step, _step, StringComparison.Ordinal);
            if (isNew || _watch.Elapsed - _printed > TimeSpan.FromSeconds(1))
            {
                _step = value.Step;
                _printed = _watch.Elapsed;
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{_watch.Elapsed.TotalSeconds,5:0.0} s] {value.Step}{(value.Share > 0 ? $" {value.Share * 100:0} %" : string.Empty)}"));
            }
        }
    }
}
