using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Features;

/// <summary>Sum, mean, extremes, spread and slope of one number column over the windows of a family, in one pass.</summary>
/// <remarks>
/// <para>Accumulates newest to oldest and keeps the sums when it has passed a window's oldest fact: they are those of the window alone. Each sum is a chain of its own, so that
/// no feature knows which others are wanted. The sums of many rows are then finished side by side in vectors.</para>
/// <para>Spread and slope are taken about a pivot that lies inside every window: its newest value and time. Then Σd² is at most n + 1 times the centred sum, so that the
/// subtraction Σd² − (Σd)²/n loses no more than log₂ (n + 1) bits, however far the values lie from 0. Times enter as integer differences, so that events a tick apart keep theirs.</para>
/// </remarks>
/// <param name="column">The number column.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="hasSlope">Whether any slope is wanted.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class MomentsTask(int column, int[] windows, bool hasSlope, FamilyLayout layout)
    : FamilyTask(windows, layout, windows.Length * (hasSlope ? WithSlope : WithoutSlope))
{
    // The places of a window: first for sums, then for the results that take their places.
    private const int WithoutSlope = 6;
    private const int WithSlope = 9;
    private static readonly FeatureAggregate[] Results =
    [
        FeatureAggregate.Mean, FeatureAggregate.Sum, FeatureAggregate.Min, FeatureAggregate.Max, FeatureAggregate.Variance, FeatureAggregate.Std, FeatureAggregate.Slope,
    ];

    private int PerWindow => hasSlope ? WithSlope : WithoutSlope;

    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + (IndexOf(window) * PerWindow) + Array.IndexOf(Results, feature.Aggregate);

    /// <summary>Tells whether its windows are all those of the family that have a fixed length.</summary>
    internal bool IsOver(WindowFamily family) => family.Lengths.Length > 0 && Windows.Length == family.Lengths.Length && Windows[^1] == Windows.Length - 1;

    internal override void Compute(WindowView view, RowBlock block) => Accumulate<No>(view, block, []);

    /// <summary>Computes the features and finds, on the way, which rows share a slot, and where the windows end: for a task that <see cref="IsOver"/> all windows.</summary>
    /// <param name="view">The windows.</param>
    /// <param name="block">Takes the results.</param>
    /// <param name="lengths">The length of each window, in ticks.</param>
    internal void ComputeAndFindEnds(WindowView view, RowBlock block, long[] lengths) => Accumulate<Yes>(view, block, lengths);

    /// <inheritdoc/>
    /// <remarks>Nothing gives 0 for the sum and what is not finite, and so missing, for the rest.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Finish(RowBlock block, int slots)
    {
        int stride = block.Stride, places = PerWindow;
        Span<double> numbers = block.Numbers.AsSpan(NumbersAt * stride, Windows.Length * places * stride);
        for (int at = 0; at < numbers.Length; at += places * stride)
        {
            Span<double> window = numbers.Slice(at, places * stride);
            for (int slot = 0; slot < slots; slot += RowBlock.VectorRows)
            {
                Finish(ref window[slot], stride, hasSlope);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(ref double row, int stride, bool hasSlope)
    {
        // Divided before they are multiplied: a square may leave the range where the sum of squares does not.
        Vector256<double> n = Sums(ref row, 0, stride), sum = Sums(ref row, 1, stride), d = Sums(ref row, 4, stride);
        Vector256<double> meanD = d / n, centred = Sums(ref row, 5, stride) - (meanD * d);
        centred = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(centred, Vector256<double>.Zero), Vector256<double>.Zero, centred); // NaN stays NaN
        Vector256<double> variance = centred / (n - Vector256<double>.One);
        if (hasSlope)
        {
            Vector256<double> t = Sums(ref row, 6, stride);
            Vector256<double> slope = (Sums(ref row, 8, stride) - (meanD * t)) / (Sums(ref row, 7, stride) - (t / n * t));
            Put(slope * Vector256.Create((double)TimeSpan.TicksPerDay), ref row, 6, stride);
        }

        Put(sum / n, ref row, 0, stride);
        Put(sum, ref row, 1, stride);
        Put(Sums(ref row, 2, stride), ref row, 2, stride);
        Put(Sums(ref row, 3, stride), ref row, 3, stride);
        Put(variance, ref row, 4, stride);
        Put(Vector256.Sqrt(variance), ref row, 5, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sums(ref double row, int place, int stride) => Vector256.LoadUnsafe(ref row, (nuint)(place * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector256<double> results, ref double row, int place, int stride) => Finite.Or(results).StoreUnsafe(ref row, (nuint)(place * stride));

    private void Accumulate<TFinds>(WindowView view, RowBlock block, long[] lengths)
        where TFinds : struct
    {
        bool mayBeMissing = view.Facts.Numbers[column].MayBeMissing;
        if (hasSlope)
        {
            if (mayBeMissing)
            {
                Accumulate<TFinds, Yes, Yes>(view, block, lengths);
            }
            else
            {
                Accumulate<TFinds, No, Yes>(view, block, lengths);
            }
        }
        else if (mayBeMissing)
        {
            Accumulate<TFinds, Yes, No>(view, block, lengths);
        }
        else
        {
            Accumulate<TFinds, No, No>(view, block, lengths);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Accumulate<TFinds, TMissing, TSlope>(WindowView view, RowBlock block, long[] lengths)
        where TFinds : struct
        where TMissing : struct
        where TSlope : struct
    {
        FactSet facts = view.Facts;
        int stride = block.Stride, step = stride * PerWindow, windowStride = view.Stride, count = facts.Count;
        RowSlots slots = view.Slots;
        int[] windows = Windows;

        // Without bounds checks, which cost a tenth of all: ends are at most the number of facts, and places were laid out with the block.
        ref double values = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(facts.Numbers[column].Items), facts.Numbers[column].At);
        ref long ticks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(facts.Ticks.Items), facts.Ticks.At);
        ref double places = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(block.Numbers), NumbersAt * stride);
        ref int ends = ref MemoryMarshal.GetArrayDataReference(view.Ends);
        int slot = view.FirstSlot, row = view.From;
        while (typeof(TFinds) == typeof(Yes) ? row < view.Until : slot < slots.Count)
        {
            if (typeof(TFinds) == typeof(Yes))
            {
                slots.Begin(row);
            }
            else
            {
                row = slots.FirstRows[slot];
            }

            int first = view.Firsts[row], i = first;
            long close = Math.Max(view.Closes[row], 0); // nothing happened before tick 0, and lengths can be taken off without leaving the range
            int last = typeof(TFinds) == typeof(Yes) ? count : Unsafe.Add(ref ends, (windows[^1] * windowStride) + slot);
            double pivot = 0;
            long pivotTime = 0;
            if (i < last)
            {
                int newest = typeof(TMissing) == typeof(Yes) ? Newest(ref values, ref ticks, i, last, typeof(TFinds) == typeof(Yes) ? close - lengths[^1] : long.MinValue) : i;
                pivot = Unsafe.Add(ref values, newest);
                pivotTime = Unsafe.Add(ref ticks, newest);
            }

            int n = 0;
            double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, sumD = 0, sumDD = 0, sumT = 0, sumTT = 0, sumTD = 0;
            ref double place = ref Unsafe.Add(ref places, slot);
            for (int w = 0; w < windows.Length; w++)
            {
                int at = (windows[w] * windowStride) + slot;
                int border = typeof(TFinds) == typeof(Yes) ? count : Unsafe.Add(ref ends, at);
                long start = typeof(TFinds) == typeof(Yes) ? close - lengths[w] : 0;
                for (; i < border; i++)
                {
                    long tick = Unsafe.Add(ref ticks, i);
                    if (typeof(TFinds) == typeof(Yes) && tick < start)
                    {
                        break;
                    }

                    double value = Unsafe.Add(ref values, i);
                    if (typeof(TMissing) == typeof(Yes))
                    {
                        if (double.IsNaN(value))
                        {
                            continue;
                        }

                        n++;
                    }

                    sum += value;
                    min = double.MinNative(value, min);
                    max = double.MaxNative(value, max);
                    double d = value - pivot;
                    sumD += d;
                    sumDD += d * d;
                    if (typeof(TSlope) == typeof(Yes))
                    {
                        double t = tick - pivotTime;
                        sumT += t;
                        sumTT += t * t;
                        sumTD += t * d;
                    }
                }

                if (typeof(TFinds) == typeof(Yes))
                {
                    Unsafe.Add(ref ends, at) = i;
                }

                place = typeof(TMissing) == typeof(Yes) ? n : i - first;
                Unsafe.Add(ref place, stride) = sum;
                Unsafe.Add(ref place, 2 * stride) = min;
                Unsafe.Add(ref place, 3 * stride) = max;
                Unsafe.Add(ref place, 4 * stride) = sumD;
                Unsafe.Add(ref place, 5 * stride) = sumDD;
                if (typeof(TSlope) == typeof(Yes))
                {
                    Unsafe.Add(ref place, 6 * stride) = sumT;
                    Unsafe.Add(ref place, 7 * stride) = sumTT;
                    Unsafe.Add(ref place, 8 * stride) = sumTD;
                }

                place = ref Unsafe.Add(ref place, step);
            }

            slot++;
            if (typeof(TFinds) == typeof(Yes))
            {
                row = view.Share(row + 1);
            }
        }
    }

    /// <summary>Returns the newest value that is there since an instant; the first, where none is.</summary>
    private static int Newest(ref double values, ref long ticks, int first, int last, long since)
    {
        int i = first;
        while (i < last && double.IsNaN(Unsafe.Add(ref values, i)) && Unsafe.Add(ref ticks, i) >= since)
        {
            i++;
        }

        return i < last ? i : first;
    }

    private readonly struct Yes;

    private readonly struct No;
}
