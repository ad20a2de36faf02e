using MlSystemDesign.Monitoring;

namespace MlSystemDesign.Testing.Tests;

/// <summary>A monitor that is right but for one thing.</summary>
internal static class BrokenMonitors
{
    internal static IDriftMonitor Right { get; } = new DriftMonitor();

    internal static Dictionary<string, Func<Task<ConformanceReport>>> All { get; } = new()
    {
        ["equal inputs give equal results"] = Check((parts, r, _) => r with { CurrentCount = parts.Next() }),
        ["safe for concurrent use"] = Check((parts, r, _) => parts.IsShared() ? r with { Checks = [] } : r),
        ["cancellation obeyed"] = () => DriftMonitorConformance.CheckAsync(new Monitor((c, _) => Right.CompareAsync(c))),
        ["inputs untouched"] = Check((_, r, c) => { BrokenParts.Write(c.Current.RowCount > 0 ? c.Current.Numbers(0) : new double[1]); return r; }),
        ["rows are counted"] = Check((_, r, _) => r with { CurrentCount = r.CurrentCount + 1 }),
        ["the verdict is the worst of the columns"] = Check((_, r, _) => r with { Columns = [.. r.Columns.Select((c, i) => i == 0 ? c with { Verdict = DriftVerdict.Stable } : c)] }),
        ["equal rows are stable"] = Check((_, r, c) => c.Current.RowCount == r.ReferenceCount ? r with { Verdict = DriftVerdict.Material } : r),
        ["a world that moved is not stable"] = Check((_, r, c) => c.Current.RowCount > 0 && c.Current.Numbers("recency")[0] >= 100 ? r with { Verdict = DriftVerdict.Stable } : r),
        ["an empty feed is never stable"] = Check((_, r, c) => c.Current.RowCount == 0 ? r with { Verdict = DriftVerdict.Stable } : r),
        ["a dead feed is never stable"] = Check((_, r, c) => c.Current.RowCount > 0 && double.IsNaN(c.Current.Numbers("recency")[0]) ? r with { Verdict = DriftVerdict.ChangedButImmaterial } : r),
    };

    private static Func<Task<ConformanceReport>> Check(Func<BrokenParts, DriftReport, DriftContext, DriftReport> change)
    {
        BrokenParts parts = new();
        return () => DriftMonitorConformance.CheckAsync(new Monitor(async (c, t) => change(parts, await Right.CompareAsync(c, t), c)));
    }

    private sealed class Monitor(Func<DriftContext, CancellationToken, ValueTask<DriftReport>> compare) : IDriftMonitor
    {
        public IDriftReference Summarize(FeatureTable reference, ReadOnlySpan<double> predictions = default) => Right.Summarize(reference, predictions);

        public ValueTask<DriftReport> CompareAsync(DriftContext context, CancellationToken cancellationToken = default) => compare(context, cancellationToken);
    }
}
