using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>Periods with an event: period k, from 0, is [end − (k + 1) · length, end − k · length).</summary>
internal static class ReferencePeriods
{
    internal static int Of(FeatureAggregate aggregate, long[] times, long end, long length)
    {
        long[] active = [.. times.Select(t => Number(t, end, length)).Distinct().Order()];
        return aggregate switch
        {
            FeatureAggregate.ActivePeriods => active.Length,
            FeatureAggregate.CurrentStreak => active.Where((k, i) => k == i).Count(),
            FeatureAggregate.LongestStreak => active.GroupBy(k => k - Array.IndexOf(active, k)).Select(run => run.Count()).DefaultIfEmpty(0).Max(),
            _ => throw new InvalidOperationException(),
        };
    }

    private static long Number(long time, long end, long length)
    {
        // By the definition itself, in integers that do not overflow: the k for which end - (k + 1) length <= time < end - k length.
        long k = (long)(((Int128)end - time) / length);
        return time < end - ((Int128)k * length) ? k : k - 1;
    }
}
