namespace MlSystemDesign.Features;

/// <summary>Reports the share of bytes read, at most about a hundred times.</summary>
internal sealed class JournalProgress(IProgress<double>? progress, long total)
{
    private readonly long _step = Math.Max(1, total / 100);
    private long _done;
    private long _next;

    internal void Add(long bytes)
    {
        _done += bytes;
        if (progress is not null && _done >= _next)
        {
            progress.Report(Math.Min(1.0, (double)_done / Math.Max(1, total)));
            _next = _done + _step;
        }
    }

    internal void Finish() => progress?.Report(1.0);
}
