namespace MlSystemDesign.Training;

/// <summary>The rank of a value among training values: the share that is smaller, plus half the share that is equal.</summary>
/// <param name="Knots">Training values at equal steps of rank, ascending, repeated where many are equal; empty when all were missing.</param>
internal sealed record QuantileRank(double[] Knots)
{
    private const int MostKnots = 1000;

    /// <summary>Fits to values; NaN is left out.</summary>
    internal static QuantileRank Fit(ReadOnlySpan<double> values)
    {
        double[] sorted = [.. values.ToArray().Where(v => !double.IsNaN(v)).Order()];
        return sorted.Length <= MostKnots
            ? new(sorted)
            : new([.. Enumerable.Range(0, MostKnots).Select(k => sorted[(int)((long)k * (sorted.Length - 1) / (MostKnots - 1))])]);
    }

    /// <summary>A number in [0, 1] that never falls; a half for missing, which speaks for neither side.</summary>
    internal double Of(double value)
    {
        if (double.IsNaN(value) || Knots.Length == 0)
        {
            return 0.5;
        }

        int below = Count(knot => knot < value), upTo = Count(knot => knot <= value);
        return (below + upTo) / (2.0 * Knots.Length);
    }

    // The first position where the condition, true at first, ends.
    private int Count(Func<double, bool> holds)
    {
        int low = 0, high = Knots.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = holds(Knots[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
