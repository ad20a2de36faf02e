using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>The bytes that any engine must move: what lies in a window once (time and amount), the pairs once (entity and cutoff), the answers once.</summary>
/// <remarks>Known times are not counted, because 99 of 100 equal the event time and can be left out of memory: the bound is low, and the share of it too.</remarks>
/// <param name="Read">Bytes to read.</param>
/// <param name="Written">Bytes to write.</param>
internal sealed record Traffic(double Read, double Written)
{
    internal static Traffic Of(EventColumns log, PairColumns pairs, FeatureSet set)
    {
        Dictionary<long, int> first = [];
        for (int i = 0; i < pairs.Count; i += pairs.PerEntity)
        {
            first.Add(pairs.Entities[i], i);
        }

        long inside = 0;
        for (int i = 0; i < log.Count; i++)
        {
            if (first.TryGetValue(log.Entities[i], out int pair))
            {
                int next = Array.BinarySearch(pairs.Cutoffs, pair, pairs.PerEntity, log.Times[i] + 1);
                next = next < 0 ? ~next : next;
                inside += next < pair + pairs.PerEntity && pairs.Cutoffs[next] - log.Times[i] <= 90 * Clock.Day ? 1 : 0;
            }
        }

        return new Traffic((16.0 * inside) + (16.0 * pairs.Count), 8.0 * set.Count * pairs.Count);
    }

    internal double SecondsOnOneThread(StreamingSpeed speed) => (Read / speed.ReadOne) + (Written / speed.WriteOne);

    internal double SecondsOnAllThreads(StreamingSpeed speed) => (Read / speed.ReadAll) + (Written / speed.WriteAll);
}
