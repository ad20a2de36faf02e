using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>Sum, mean, extremes, spread and slope of one number column, over all windows of a family in one pass.</summary>
/// <remarks>
/// <para>Accumulates newest to oldest and writes a window's results when it has passed the window's oldest fact: they are those of the window alone. Each sum is a chain of
/// its own, so that no feature knows which others are wanted.</para>
/// <para>Spread and slope are taken about a pivot that lies inside every window: its newest value and time. Then Σd² is at most n + 1 times the centred sum, so that the
/// subtraction Σd² − (Σd)²/n loses no more than log₂ (n + 1) bits, however far the values lie from 0. Times enter as integer differences, so that events a tick apart keep theirs.</para>
/// </remarks>
internal sealed class MomentsTask : FamilyTask
{
    private readonly int _column;
    private readonly MomentSlots[] _slots;
    private readonly bool _hasSlope;

    /// <summary>Creates the task.</summary>
    /// <param name="column">The number column.</param>
    /// <param name="windows">The positions of the windows.</param>
    /// <param name="slots">Per window: where its results go.</param>
    /// <param name="hasSlope">Whether any slope is wanted.</param>
    internal MomentsTask(int column, int[] windows, MomentSlots[] slots, bool hasSlope)
        : base(windows)
    {
        _column = column;
        _slots = slots;
        _hasSlope = hasSlope;
    }

    internal override void Compute(in WindowView view, RowBuffer row)
    {
        bool mayBeMissing = view.Facts.Numbers[_column].MayBeMissing;
        if (_hasSlope)
        {
            if (mayBeMissing)
            {
                WithSlope<Yes>(view, row.Numbers);
            }
            else
            {
                WithSlope<No>(view, row.Numbers);
            }
        }
        else if (mayBeMissing)
        {
            WithoutSlope<Yes>(view, row.Numbers);
        }
        else
        {
            WithoutSlope<No>(view, row.Numbers);
        }
    }

    private void WithoutSlope<TMissing>(in WindowView view, double[] results)
        where TMissing : struct
    {
        ReadOnlySpan<double> values = view.Numbers(_column);
        Moments moments = Moments.OfNothing;
        int[] windows = Windows;
        for (int w = 0, i = 0; w < windows.Length; w++)
        {
            int count = view.CountIn(windows[w]);
            for (; i < count; i++)
            {
                double value = values[i];
                if (typeof(TMissing) == typeof(No) || !double.IsNaN(value))
                {
                    moments.Add(value);
                }
            }

            moments.Write(_slots[w], results);
        }
    }

    private void WithSlope<TMissing>(in WindowView view, double[] results)
        where TMissing : struct
    {
        ReadOnlySpan<double> values = view.Numbers(_column);
        ReadOnlySpan<long> ticks = view.Ticks;
        Moments moments = Moments.OfNothing;
        long pivot = 0;
        double sumT = 0, sumTT = 0, sumTV = 0;
        int[] windows = Windows;
        for (int w = 0, i = 0; w < windows.Length; w++)
        {
            int count = view.CountIn(windows[w]);
            for (; i < count; i++)
            {
                double value = values[i];
                if (typeof(TMissing) == typeof(No) || !double.IsNaN(value))
                {
                    pivot = moments.Count == 0 ? ticks[i] : pivot;
                    double d = moments.Add(value), t = ticks[i] - pivot;
                    sumT += t;
                    sumTT += t * t;
                    sumTV += t * d;
                }
            }

            moments.Write(_slots[w], results);
            double n = moments.Count;
            results[_slots[w].Slope] = (sumTV - (sumT * moments.SumD / n)) / (sumTT - (sumT * sumT / n)) * TimeSpan.TicksPerDay;
        }
    }

    private readonly struct Yes;

    private readonly struct No;

    /// <summary>What is summed up so far.</summary>
    private struct Moments
    {
        private double _pivot;
        private double _sum;
        private double _min;
        private double _max;
        private double _sumDD;

        internal static Moments OfNothing => new() { _min = double.PositiveInfinity, _max = double.NegativeInfinity };

        internal int Count { get; private set; }

        /// <summary>Gets the sum of the differences from the pivot.</summary>
        internal double SumD { get; private set; }

        /// <summary>Takes the next older value.</summary>
        /// <returns>Its difference from the pivot.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal double Add(double value)
        {
            _pivot = Count == 0 ? value : _pivot;
            Count++;
            double d = value - _pivot;
            _sum += value;
            _min = value < _min ? value : _min;
            _max = value > _max ? value : _max;
            SumD += d;
            _sumDD += d * d;
            return d;
        }

        /// <summary>Writes the results. Nothing gives 0 for the sum and what is not finite, and so missing, for the rest.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal readonly void Write(MomentSlots slots, double[] results)
        {
            double n = Count, centred = _sumDD - (SumD / n * SumD); // divided first: a square may leave the range where the sum of squares does not
            double variance = (centred <= 0 ? 0 : centred) / (n - 1); // not Math.Max: NaN must stay NaN
            results[slots.Sum] = _sum;
            results[slots.Mean] = _sum / n;
            results[slots.Min] = _min;
            results[slots.Max] = _max;
            results[slots.Variance] = variance;
            results[slots.Std] = Math.Sqrt(variance);
        }
    }
}

/// <summary>Where the results of one window go; what nobody asked for goes to the row's last place.</summary>
internal readonly record struct MomentSlots(int Sum, int Mean, int Min, int Max, int Std, int Variance, int Slope);
