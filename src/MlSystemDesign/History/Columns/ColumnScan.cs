using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlSystemDesign.History;

/// <summary>Looks through columns for values that need care; fast, because most columns have none.</summary>
internal static class ColumnScan
{
    private const long InfinityBits = 0x7FF0_0000_0000_0000;

    /// <summary>Tells whether all times are dates from year 1 to 9999.</summary>
    public static bool AreDates(ReadOnlySpan<long> ticks) => Range(ticks) is var (first, last) && first >= 0 && last <= DateTimeOffset.MaxValue.Ticks;

    /// <summary>Returns the least and the greatest of at least one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (long Least, long Greatest) Range(ReadOnlySpan<long> values)
    {
        ReadOnlySpan<Vector<long>> vectors = MemoryMarshal.Cast<long, Vector<long>>(values);
        Vector<long> low = new(values[0]), high = low;
        foreach (Vector<long> some in vectors)
        {
            low = Vector.Min(low, some);
            high = Vector.Max(high, some);
        }

        long least = values[0], greatest = least;
        for (int i = 0; i < Vector<long>.Count; i++)
        {
            least = Math.Min(least, low[i]);
            greatest = Math.Max(greatest, high[i]);
        }

        foreach (long value in values[(vectors.Length * Vector<long>.Count)..])
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        return (least, greatest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool HasInfinity(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector<long>> vectors = MemoryMarshal.Cast<double, Vector<long>>(values);
        Vector<long> found = Vector<long>.Zero;
        foreach (Vector<long> bits in vectors)
        {
            found |= Vector.Equals(bits & new Vector<long>(long.MaxValue), new Vector<long>(InfinityBits));
        }

        return found != Vector<long>.Zero || values[(vectors.Length * Vector<long>.Count)..].ContainsAny(double.PositiveInfinity, double.NegativeInfinity);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool HasNaN(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector<long>> vectors = MemoryMarshal.Cast<double, Vector<long>>(values);
        Vector<long> found = Vector<long>.Zero;
        foreach (Vector<long> bits in vectors)
        {
            found |= Vector.GreaterThan(bits & new Vector<long>(long.MaxValue), new Vector<long>(InfinityBits));
        }

        return found != Vector<long>.Zero || values[(vectors.Length * Vector<long>.Count)..].Contains(double.NaN);
    }
}
