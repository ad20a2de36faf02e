namespace MlSystemDesign.Features;

/// <summary>Aggregates one column over nested windows in one pass.</summary>
/// <param name="ticks">Event times in UTC ticks, newest first; at least as many as the longest window holds.</param>
/// <param name="values">The column, newest first; NaN is skipped.</param>
/// <param name="ends">Per window, shortest first: how many of the newest facts it holds.</param>
/// <param name="results">One place per window.</param>
internal delegate void WindowKernel(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, ReadOnlySpan<int> ends, Span<double> results);

/// <summary>The numerics of the windowed aggregates.</summary>
/// <remarks>
/// <para>Each kernel accumulates newest to oldest and writes a window's result when it has passed the window's oldest fact. So a window's result is that of the window
/// alone, and no kernel knows which others run. O(facts in the longest window), no allocation.</para>
/// <para>Moments are taken about a pivot that lies inside every window: its newest value (and time). Then Σd² is at most n times the centred sum, so that
/// the subtraction Σd² − (Σd)²/n loses no more than log₂ n bits, however far the values lie from 0. Times enter as integer tick differences, so that events a
/// microsecond apart keep theirs.</para>
/// </remarks>
internal static class WindowKernels
{
    internal static WindowKernel Of(FeatureAggregate aggregate) => aggregate switch
    {
        FeatureAggregate.Sum => Sum,
        FeatureAggregate.Mean => Mean,
        FeatureAggregate.Min => Min,
        FeatureAggregate.Max => Max,
        FeatureAggregate.Std => Std,
        FeatureAggregate.Slope => Slope,
        _ => throw new InvalidOperationException($"No kernel computes {aggregate}."),
    };

    private static void Sum(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, ReadOnlySpan<int> ends, Span<double> results)
    {
        double sum = 0;
        for (int w = 0, i = 0; w < ends.Length; w++)
        {
            for (; i < ends[w]; i++)
            {
                double value = values[i];
                sum += double.IsNaN(value) ? 0 : value;
            }

            results[w] = Finite(sum);
        }
    }

    private static void Mean(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, ReadOnlySpan<int> ends, Span<double> results)
    {
        double sum = 0;
        int n = 0;
        for (int w = 0, i = 0; w < ends.Length; w++)
        {
            for (; i < ends[w]; i++)
            {
                double value = values[i];
                if (!double.IsNaN(value))
                {
                    sum += value;
                    n++;
                }
            }

            results[w] = n == 0 ? double.NaN : Finite(sum / n);
        }
    }

    private static void Min(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, ReadOnlySpan<int> ends, Span<double> results)
    {
        double min = double.NaN;
        for (int w = 0, i = 0; w < ends.Length; w++)
        {
            for (; i < ends[w]; i++)
            {
                double value = values[i];
                if (!double.IsNaN(value))
                {
                    min = double.IsNaN(min) ? value : Math.Min(min, value); // of -0 and 0 it takes -0, in either order
                }
            }

            results[w] = Finite(min);
        }
    }

    private static void Max(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, ReadOnlySpan<int> ends, Span<double> results)
    {
        double max = double.NaN;
        for (int w = 0, i = 0; w < ends.Length; w++)
        {
            for (; i < ends[w]; i++)
            {
                double value = values[i];
                if (!double.IsNaN(value))
                {
                    max = double.IsNaN(max) ? value : Math.Max(max, value);
                }
            }

            results[w] = Finite(max);
        }
    }

    private static void Std(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, ReadOnlySpan<int> ends, Span<double> results)
    {
        double pivot = 0, sum = 0, squares = 0;
        int n = 0;
        for (int w = 0, i = 0; w < ends.Length; w++)
        {
            for (; i < ends[w]; i++)
            {
                double value = values[i];
                if (double.IsNaN(value))
                {
                    continue;
                }

                pivot = n++ == 0 ? value : pivot;
                double d = value - pivot;
                sum += d;
                squares += d * d;
            }

            results[w] = n < 2 ? double.NaN : Finite(Math.Sqrt(AtLeastZero(squares - (sum * sum / n)) / (n - 1)));
        }
    }

    private static void Slope(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, ReadOnlySpan<int> ends, Span<double> results)
    {
        long pivotTime = 0, oldest = 0;
        double pivot = 0, sumT = 0, sumV = 0, sumTT = 0, sumTV = 0;
        int n = 0;
        for (int w = 0, i = 0; w < ends.Length; w++)
        {
            for (; i < ends[w]; i++)
            {
                double value = values[i];
                if (double.IsNaN(value))
                {
                    continue;
                }

                if (n++ == 0)
                {
                    (pivot, pivotTime) = (value, ticks[i]);
                }

                oldest = ticks[i];
                double t = oldest - pivotTime, v = value - pivot;
                sumT += t;
                sumV += v;
                sumTT += t * t;
                sumTV += t * v;
            }

            results[w] = n == 0 || oldest == pivotTime
                ? double.NaN
                : Finite((sumTV - (sumT * sumV / n)) / (sumTT - (sumT * sumT / n)) * TimeSpan.TicksPerDay);
        }
    }

    // Not Math.Max: NaN must stay NaN, and 0 must be the positive one.
    private static double AtLeastZero(double value) => value <= 0 ? 0 : value;

    // A result beyond the range of double is missing: no model can use infinity, and every NaN has the same bits.
    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
