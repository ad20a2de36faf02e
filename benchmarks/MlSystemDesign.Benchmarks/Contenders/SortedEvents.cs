using System.Numerics;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>The log of the compiled loop: arrays sorted by entity and time with <see cref="Array.Sort{TKey, TValue}(TKey[], TValue[])"/>.</summary>
/// <param name="Ids">The entities, ascending.</param>
/// <param name="Offsets">Where the events of each entity start; one more at the end.</param>
/// <param name="Times">Event times.</param>
/// <param name="Known">Known times.</param>
/// <param name="Amounts">Amounts.</param>
/// <param name="Categories">Categories.</param>
internal sealed record SortedEvents(long[] Ids, int[] Offsets, long[] Times, long[] Known, double[] Amounts, int[] Categories)
{
    internal static SortedEvents From(EventColumns log)
    {
        int[] ranks = Ranks(log.Entities, out long[] ids);
        int[] order = new int[log.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Sort(log, ranks, ids.Length, order);
        int[] offsets = new int[ids.Length + 1];
        foreach (int rank in ranks)
        {
            offsets[rank + 1]++;
        }

        for (int e = 0; e < ids.Length; e++)
        {
            offsets[e + 1] += offsets[e];
        }

        SortTies(log, offsets, order);
        return new SortedEvents(ids, offsets, Pick(log.Times, order), Pick(log.Known, order), Pick(log.Amounts, order), Pick(log.Categories, order));
    }

    private static int[] Ranks(long[] entities, out long[] ids)
    {
        Dictionary<long, int> places = [];
        int[] ranks = new int[entities.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            if (!places.TryGetValue(entities[i], out ranks[i]))
            {
                places.Add(entities[i], ranks[i] = places.Count);
            }
        }

        ids = [.. places.Keys];
        Array.Sort(ids);
        int[] rankOfPlace = new int[ids.Length];
        for (int rank = 0; rank < ids.Length; rank++)
        {
            rankOfPlace[places[ids[rank]]] = rank;
        }

        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = rankOfPlace[ranks[i]];
        }

        return ranks;
    }

    /// <summary>Returns the first position of a range from which times reach the cutoff.</summary>
    internal int CountBefore(int first, int end, long cutoff)
    {
        long[] times = Times;
        while (first < end)
        {
            int middle = (int)(((uint)first + (uint)end) >> 1);
            if (times[middle] < cutoff)
            {
                first = middle + 1;
            }
            else
            {
                end = middle;
            }
        }

        return first;
    }

    /// <summary>Sorts by entity and time: one integer key where both fit into 64 bits, which is several times faster than comparing pairs.</summary>
    private static void Sort(EventColumns log, int[] ranks, int entities, int[] order)
    {
        long first = log.Times.Min();
        int timeBits = 64 - BitOperations.LeadingZeroCount((ulong)(log.Times.Max() - first));
        if (timeBits + (32 - BitOperations.LeadingZeroCount((uint)entities)) <= 64)
        {
            ulong[] keys = new ulong[order.Length];
            for (int i = 0; i < keys.Length; i++)
            {
                keys[i] = ((ulong)ranks[i] << timeBits) | (ulong)(log.Times[i] - first);
            }

            Array.Sort(keys, order);
        }
        else
        {
            (int Rank, long Time)[] keys = new (int, long)[order.Length];
            for (int i = 0; i < keys.Length; i++)
            {
                keys[i] = (ranks[i], log.Times[i]);
            }

            Array.Sort(keys, order);
        }
    }

    /// <summary>Orders simultaneous events by known time, then amount: the newest amount depends on it.</summary>
    private static void SortTies(EventColumns log, int[] offsets, int[] order)
    {
        for (int e = 0; e + 1 < offsets.Length; e++)
        {
            for (int i = offsets[e] + 1; i < offsets[e + 1]; i++)
            {
                for (int k = i; k > offsets[e] && log.Times[order[k]] == log.Times[order[k - 1]] && IsAfter(log, order[k - 1], order[k]); k--)
                {
                    (order[k], order[k - 1]) = (order[k - 1], order[k]);
                }
            }
        }
    }

    private static bool IsAfter(EventColumns log, int left, int right) =>
        log.Known[left] > log.Known[right] || (log.Known[left] == log.Known[right] && log.Amounts[left] > log.Amounts[right]);

    private static T[] Pick<T>(T[] values, int[] order)
    {
        T[] picked = new T[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            picked[i] = values[order[i]];
        }

        return picked;
    }
}
