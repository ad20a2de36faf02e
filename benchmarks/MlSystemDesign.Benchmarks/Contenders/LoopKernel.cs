using System.Numerics;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>The loop as this library's own arithmetic would have it: one pass over a pair's events for all windows, about a pivot.</summary>
internal sealed class LoopKernel(SortedEvents events, PairColumns pairs, FeatureSet set, double[][] answers) : ILoopKernel
{
    private readonly bool _full = set.IsFull;
    private double[] _sorted = new double[64];

    public void Run(int from, int to)
    {
        long[] ids = pairs.Entities, cutoffs = pairs.Cutoffs;
        int first = 0, end = 0;
        for (int pair = from; pair < to; pair++)
        {
            if (pair == from || ids[pair] != ids[pair - 1])
            {
                int entity = Array.BinarySearch(events.Ids, ids[pair]);
                (first, end) = entity < 0 ? (0, 0) : (events.Offsets[entity], events.Offsets[entity + 1]);
            }

            Answer(pair, cutoffs[pair], first, end);
        }
    }

    private void Answer(int pair, long cutoff, int first, int end)
    {
        long[] times = events.Times, known = events.Known;
        double[] amounts = events.Amounts;
        double[][] output = answers;
        int newest = events.CountBefore(first, end, cutoff) - 1;
        while (newest >= first && known[newest] >= cutoff)
        {
            newest--;
        }

        if (newest < first)
        {
            AnswerNothing(pair);
            return;
        }

        // Differences to the newest event keep the digits of std and slope.
        double pivot = amounts[newest];
        long pivotTime = times[newest];
        int count = 0, i = newest;
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, d1 = 0, d2 = 0, t1 = 0, t2 = 0, td = 0;
        for (int w = 0; w < 3; w++)
        {
            long start = cutoff - ((w + 1) * 30 * Clock.Day);
            for (; i >= first && times[i] >= start; i--)
            {
                if (known[i] >= cutoff)
                {
                    continue;
                }

                double amount = amounts[i], d = amount - pivot, t = times[i] - pivotTime;
                count++;
                sum += amount;
                min = Math.Min(min, amount);
                max = Math.Max(max, amount);
                d1 += d;
                d2 += d * d;
                t1 += t;
                t2 += t * t;
                td += t * d;
            }

            int column = w * FeatureSet.PerWindow;
            output[column + FeatureSet.CountAt][pair] = count;
            output[column + FeatureSet.SumAt][pair] = sum;
            output[column + FeatureSet.MeanAt][pair] = sum / count; // 0 / 0 is NaN
            output[column + FeatureSet.MinAt][pair] = count == 0 ? double.NaN : min;
            output[column + FeatureSet.MaxAt][pair] = count == 0 ? double.NaN : max;
            output[column + FeatureSet.StdAt][pair] = count < 2 ? double.NaN : Math.Sqrt(Math.Max(0, d2 - (d1 * d1 / count)) / (count - 1));
        }

        double spread = t2 - (t1 * t1 / count);
        output[FeatureSet.Recency][pair] = (double)(cutoff - pivotTime) / Clock.Day;
        output[FeatureSet.Slope][pair] = count >= 2 && spread > 0 ? (td - (t1 * d1 / count)) / spread * Clock.Day : double.NaN;
        if (_full)
        {
            AnswerRest(pair, cutoff, newest, i, count);
        }
    }

    private void AnswerRest(int pair, long cutoff, int newest, int before, int count)
    {
        if (_sorted.Length < count)
        {
            _sorted = new double[2 * count];
        }

        ulong seen = 0;
        int kept = 0;
        long later = 0, oldest = 0;
        double pivot = 0, g1 = 0, g2 = 0;
        for (int i = newest; i > before; i--)
        {
            if (events.Known[i] >= cutoff)
            {
                continue;
            }

            long time = events.Times[i];
            if (kept > 0)
            {
                double gap = later - time;
                pivot = kept == 1 ? gap : pivot;
                g1 += gap - pivot;
                g2 += (gap - pivot) * (gap - pivot);
            }

            seen |= 1UL << events.Categories[i];
            _sorted[kept++] = events.Amounts[i];
            later = oldest = time;
        }

        Span<double> sorted = _sorted.AsSpan(0, count);
        sorted.Sort();
        int gaps = count - 1;
        answers[FeatureSet.Distinct][pair] = BitOperations.PopCount(seen);
        answers[FeatureSet.Last][pair] = events.Amounts[newest];
        answers[FeatureSet.Median][pair] = count == 0 ? double.NaN : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        answers[FeatureSet.GapMean][pair] = gaps < 1 ? double.NaN : (double)(events.Times[newest] - oldest) / gaps / Clock.Day;
        answers[FeatureSet.GapStd][pair] = gaps < 2 ? double.NaN : Math.Sqrt(Math.Max(0, g2 - (g1 * g1 / gaps)) / (gaps - 1)) / Clock.Day;
    }

    private void AnswerNothing(int pair)
    {
        for (int f = 0; f < answers.Length; f++)
        {
            bool isZero = f == FeatureSet.Distinct || (f < FeatureSet.Recency && f % FeatureSet.PerWindow <= FeatureSet.SumAt);
            answers[f][pair] = isZero ? 0 : double.NaN;
        }
    }
}
