namespace MlSystemDesign.Statistics;

/// <summary>Whether one value rises with another.</summary>
public static class RankCorrelation
{
    /// <summary>Spearman's rank correlation: 1 when one value always rises with the other, −1 when it always falls, 0 when neither.</summary>
    /// <param name="first">Length n. A pair with a missing value (NaN) on either side is left out; infinities rank at the ends.</param>
    /// <param name="second">Length n, in the same order.</param>
    /// <param name="confidence">The nominal coverage of the interval, in (0, 1).</param>
    /// <returns>In [−1, 1]; undefined, with the reason, when fewer than two pairs are complete or when one side is constant. No interval below four pairs
    /// and at ±1.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>Pearson's correlation of the ranks, ties at their mean rank. Interval: normal on Fisher's scale with standard error √((1 + r²/2) / (n − 3)),
    /// for independent pairs (Bonett and Wright, Psychometrika 65, 2000). O(n log n).</remarks>
    public static Metric Spearman(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double confidence = 0.95)
    {
        const string Name = "Spearman correlation";
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"Each value must have a partner. Got {first.Length} and {second.Length} values. Pass pairs.", nameof(second));
        }

        (double[] x, double[] y) = Complete(first, second);
        if (x.Length < 2)
        {
            return Metric.Undefined(Name, "fewer than two pairs of values are present", x.Length, MetricDirection.Descriptive);
        }

        double[] rx = Ranks(x), ry = Ranks(y);
        double mean = (x.Length + 1) / 2.0, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < rx.Length; i++)
        {
            double dx = rx[i] - mean, dy = ry[i] - mean;
            (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
        }

        if (xx == 0 || yy == 0)
        {
            return Metric.Undefined(Name, "one of the two values never changes", x.Length, MetricDirection.Descriptive);
        }

        double r = Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1);
        return Metric.Of(Name, r, x.Length, MetricDirection.Descriptive, IntervalOf(r, x.Length, confidence));
    }

    private static Interval? IntervalOf(double r, int n, double confidence)
    {
        double half = Intervals.TwoSidedQuantile(confidence) * Math.Sqrt((1 + (r * r / 2)) / Math.Max(1, n - 3));
        return n < 4 || Math.Abs(r) == 1 ? null : new Interval(Math.Tanh(Math.Atanh(r) - half), Math.Tanh(Math.Atanh(r) + half), confidence, "Fisher scale, Bonett-Wright");
    }

    private static (double[] First, double[] Second) Complete(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double[] x = new double[first.Length], y = new double[first.Length];
        int count = 0;
        for (int i = 0; i < first.Length; i++)
        {
            if (!double.IsNaN(first[i]) && !double.IsNaN(second[i]))
            {
                (x[count], y[count++]) = (first[i], second[i]);
            }
        }

        return (x[..count], y[..count]);
    }

    private static double[] Ranks(double[] values)
    {
        double[] sorted = [.. values], ranks = new double[values.Length];
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(sorted, order);
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            for (int i = start; i < end; i++)
            {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }
        }

        return ranks;
    }
}
