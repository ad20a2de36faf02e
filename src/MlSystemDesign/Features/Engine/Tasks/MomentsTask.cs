using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Features;

/// <summary>Sum, mean, extremes, spread and slope of one number column over up to four windows of a family, in one pass.</summary>
/// <remarks>
/// <para>Accumulates newest to oldest and keeps the sums when it has passed a window's oldest fact: they are those of the window alone. Each sum is a chain of its own, so that
/// no feature knows which others are wanted. The results of all windows are then finished side by side in a vector.</para>
/// <para>Spread and slope are taken about a pivot that lies inside every window: its newest value and time. Then Σd² is at most n + 1 times the centred sum, so that the
/// subtraction Σd² − (Σd)²/n loses no more than log₂ (n + 1) bits, however far the values lie from 0. Times enter as integer differences, so that events a tick apart keep theirs.</para>
/// </remarks>
internal sealed class MomentsTask : FamilyTask
{
    internal const int Lanes = 4;
    private static readonly FeatureAggregate[] Results =
    [
        FeatureAggregate.Sum, FeatureAggregate.Mean, FeatureAggregate.Min, FeatureAggregate.Max, FeatureAggregate.Variance, FeatureAggregate.Std, FeatureAggregate.Slope,
    ];

    private readonly int _column;
    private readonly int _at;
    private readonly bool _hasSlope;

    /// <summary>Creates the task.</summary>
    /// <param name="column">The number column.</param>
    /// <param name="windows">The positions of the windows, at most <see cref="Lanes"/>.</param>
    /// <param name="hasSlope">Whether any slope is wanted.</param>
    /// <param name="layout">Gives it its places.</param>
    internal MomentsTask(int column, int[] windows, bool hasSlope, RowLayout layout)
        : base(windows)
    {
        _column = column;
        _hasSlope = hasSlope;
        _at = layout.TakeNumbers(Results.Length * Lanes);
    }

    internal override int PlaceOf(FeatureDefinition feature, int window) => _at + (Array.IndexOf(Results, feature.Aggregate) * Lanes) + IndexOf(window);

    /// <summary>Gets the windows that <see cref="ComputeAndFindEnds"/> finds the ends of.</summary>
    internal ReadOnlySpan<int> FoundWindows => Windows;

    internal override void Compute(WindowView view, RowBuffer row) => Compute<No>(view, row);

    /// <summary>Computes the features and finds, on the way, where the windows end: each has a start in time.</summary>
    internal void ComputeAndFindEnds(WindowView view, RowBuffer row) => Compute<Yes>(view, row);

    private void Compute<TFinds>(WindowView view, RowBuffer row)
        where TFinds : struct
    {
        bool mayBeMissing = view.Facts.Numbers[_column].MayBeMissing;
        if (_hasSlope)
        {
            if (mayBeMissing)
            {
                Compute<TFinds, Yes, Yes>(view, row);
            }
            else
            {
                Compute<TFinds, No, Yes>(view, row);
            }
        }
        else if (mayBeMissing)
        {
            Compute<TFinds, Yes, No>(view, row);
        }
        else
        {
            Compute<TFinds, No, No>(view, row);
        }
    }

    // Not inlined, and its sums not cleared: as a part of the loop over rows it would clear them there, whatever the row needs.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Compute<TFinds, TMissing, TSlope>(WindowView view, RowBuffer row)
        where TFinds : struct
        where TMissing : struct
        where TSlope : struct
    {
        int[] windows = Windows, ends = view.Ends;
        long[] starts = view.Starts;
        int first = view.First, i = 0;
        int total = (typeof(TFinds) == typeof(Yes) ? view.Facts.Count : ends[windows[^1]]) - first;
        Span<double> results = row.Numbers.AsSpan(_at, Results.Length * Lanes);

        // Without bounds checks, which cost a tenth of all: i stays below the number of facts behind the first.
        ref double values = ref MemoryMarshal.GetReference(view.Numbers(_column));
        ref long ticks = ref MemoryMarshal.GetReference(view.Ticks);
        if (total == 0 || (typeof(TFinds) == typeof(Yes) && ticks < starts[windows[^1]]))
        {
            OfNothing(view, results, typeof(TFinds) == typeof(Yes));
            return;
        }

        Unsafe.SkipInit(out WindowSums sums);
        if (typeof(TMissing) == typeof(Yes))
        {
            long oldest = typeof(TFinds) == typeof(Yes) ? starts[windows[^1]] : 0;
            while (i < total - 1 && double.IsNaN(Unsafe.Add(ref values, i)) && Unsafe.Add(ref ticks, i + 1) >= oldest)
            {
                i++;
            }
        }

        double pivot = Unsafe.Add(ref values, i);
        long pivotTime = Unsafe.Add(ref ticks, i);
        if (typeof(TFinds) == typeof(Yes))
        {
            i = 0; // what is missing counts for where windows end
        }

        double n = 0, sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, sumD = 0, sumDD = 0, sumT = 0, sumTT = 0, sumTV = 0;
        for (int w = 0; w < windows.Length; w++)
        {
            int end = typeof(TFinds) == typeof(Yes) ? total : ends[windows[w]] - first;
            long start = typeof(TFinds) == typeof(Yes) ? starts[windows[w]] : 0;
            for (; i < end; i++)
            {
                long tick = Unsafe.Add(ref ticks, i);
                if (typeof(TFinds) == typeof(Yes) && tick < start)
                {
                    break;
                }

                double value = Unsafe.Add(ref values, i);
                if (typeof(TMissing) == typeof(Yes) && double.IsNaN(value))
                {
                    continue;
                }

                n++;
                double d = value - pivot;
                sum += value;
                min = double.MinNative(value, min);
                max = double.MaxNative(value, max);
                sumD += d;
                sumDD += d * d;
                if (typeof(TSlope) == typeof(Yes))
                {
                    double t = tick - pivotTime;
                    sumT += t;
                    sumTT += t * t;
                    sumTV += t * d;
                }
            }

            if (typeof(TFinds) == typeof(Yes))
            {
                ends[windows[w]] = first + i;
            }

            sums.N[w] = n;
            sums.Sum[w] = sum;
            sums.Min[w] = min;
            sums.Max[w] = max;
            sums.D[w] = sumD;
            sums.DD[w] = sumDD;
            sums.T[w] = sumT;
            sums.TT[w] = sumTT;
            sums.TV[w] = sumTV;
        }

        Finish(sums, results, typeof(TSlope) == typeof(Yes));
    }

    private void OfNothing(WindowView view, Span<double> results, bool findsEnds)
    {
        results.Fill(double.NaN);
        results[..Lanes].Clear(); // the sums
        if (findsEnds)
        {
            foreach (int window in Windows)
            {
                view.Ends[window] = view.First;
            }
        }
    }

    /// <summary>Nothing gives 0 for the sum and what is not finite, and so missing, for the rest.</summary>
    private static void Finish(in WindowSums sums, Span<double> results, bool hasSlope)
    {
        // Divided before they are multiplied: a square may leave the range where the sum of squares does not.
        Vector256<double> n = sums.N.Lanes, d = sums.D.Lanes, meanD = d / n, centred = sums.DD.Lanes - (meanD * d);
        centred = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(centred, Vector256<double>.Zero), Vector256<double>.Zero, centred); // NaN stays NaN
        Vector256<double> variance = centred / (n - Vector256<double>.One);
        Finite.Or(sums.Sum.Lanes).CopyTo(results);
        Finite.Or(sums.Sum.Lanes / n).CopyTo(results[Lanes..]);
        Finite.Or(sums.Min.Lanes).CopyTo(results[(2 * Lanes)..]);
        Finite.Or(sums.Max.Lanes).CopyTo(results[(3 * Lanes)..]);
        Finite.Or(variance).CopyTo(results[(4 * Lanes)..]);
        Finite.Or(Vector256.Sqrt(variance)).CopyTo(results[(5 * Lanes)..]);
        if (hasSlope)
        {
            Vector256<double> t = sums.T.Lanes;
            Vector256<double> slope = (sums.TV.Lanes - (meanD * t)) / (sums.TT.Lanes - (t / n * t));
            Finite.Or(slope * Vector256.Create((double)TimeSpan.TicksPerDay)).CopyTo(results[(6 * Lanes)..]);
        }
    }

    private readonly struct Yes;

    private readonly struct No;

    /// <summary>One number per window; those of windows that the task does not have mean nothing.</summary>
    [InlineArray(MomentsTask.Lanes)]
    private struct PerWindow
    {
        private double _first;

        internal readonly Vector256<double> Lanes => Vector256.LoadUnsafe(in _first);
    }

    private struct WindowSums
    {
        internal PerWindow N;
        internal PerWindow Sum;
        internal PerWindow Min;
        internal PerWindow Max;
        internal PerWindow D;
        internal PerWindow DD;
        internal PerWindow T;
        internal PerWindow TT;
        internal PerWindow TV;
    }
}
