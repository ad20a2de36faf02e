using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>The loop as it is written first: window by window, each found by binary search, the mean in one pass and the squares about it in a second.</summary>
internal sealed class WindowLoopKernel(SortedEvents events, PairColumns pairs, double[][] answers) : ILoopKernel
{
    public void Run(int from, int to)
    {
        int first = 0, last = 0;
        for (int pair = from; pair < to; pair++)
        {
            if (pair == from || pairs.Entities[pair] != pairs.Entities[pair - 1])
            {
                int entity = Array.BinarySearch(events.Ids, pairs.Entities[pair]);
                (first, last) = entity < 0 ? (0, 0) : (events.Offsets[entity], events.Offsets[entity + 1]);
            }

            long cutoff = pairs.Cutoffs[pair];
            int end = events.CountBefore(first, last, cutoff);
            for (int w = 0; w < FeatureSet.Days.Length; w++)
            {
                AnswerWindow(pair, w, events.CountBefore(first, end, cutoff - (FeatureSet.Days[w] * Clock.Day)), end, cutoff);
            }

            AnswerRecency(pair, first, end, cutoff);
        }
    }

    private void AnswerWindow(int pair, int window, int start, int end, long cutoff)
    {
        double[] amounts = events.Amounts;
        long[] times = events.Times, known = events.Known;
        int count = 0;
        long pivot = 0;
        double sum = 0, days = 0, min = double.NaN, max = double.NaN;
        for (int i = start; i < end; i++)
        {
            if (known[i] < cutoff)
            {
                double amount = amounts[i];
                pivot = count == 0 ? times[i] : pivot;
                min = count == 0 || amount < min ? amount : min;
                max = count == 0 || amount > max ? amount : max;
                count++;
                sum += amount;
                days += (double)(times[i] - pivot) / Clock.Day;
            }
        }

        double mean = sum / count, meanDay = days / count, squares = 0, daySquares = 0, products = 0; // 0 / 0 is NaN
        for (int i = start; i < end; i++)
        {
            if (known[i] < cutoff)
            {
                double d = amounts[i] - mean, t = ((double)(times[i] - pivot) / Clock.Day) - meanDay;
                squares += d * d;
                daySquares += t * t;
                products += t * d;
            }
        }

        int column = window * FeatureSet.PerWindow;
        answers[column + FeatureSet.CountAt][pair] = count;
        answers[column + FeatureSet.SumAt][pair] = sum;
        answers[column + FeatureSet.MeanAt][pair] = mean;
        answers[column + FeatureSet.MinAt][pair] = min;
        answers[column + FeatureSet.MaxAt][pair] = max;
        answers[column + FeatureSet.StdAt][pair] = count < 2 ? double.NaN : Math.Sqrt(squares / (count - 1));
        if (window == FeatureSet.Days.Length - 1)
        {
            answers[FeatureSet.Slope][pair] = count < 2 || daySquares == 0 ? double.NaN : products / daySquares;
        }
    }

    private void AnswerRecency(int pair, int first, int end, long cutoff)
    {
        int newest = end - 1;
        while (newest >= first && events.Known[newest] >= cutoff)
        {
            newest--;
        }

        answers[FeatureSet.Recency][pair] = newest < first ? double.NaN : (double)(cutoff - events.Times[newest]) / Clock.Day;
    }
}
