namespace MlSystemDesign.Monitoring;

/// <summary>What is kept of a number column: its distribution function at every value, or at quantiles when there are too many.</summary>
internal sealed class NumberReference
{
    internal NumberReference(string name, int missing, double[] values, int[] below, int[] atOrBelow)
    {
        Name = name;
        Missing = missing;
        Values = values;
        Below = below;
        AtOrBelow = atOrBelow;
    }

    /// <summary>Gets the column's name.</summary>
    internal string Name { get; }

    /// <summary>Gets the number of missing rows.</summary>
    internal int Missing { get; }

    /// <summary>Gets the kept values, ascending and distinct; the smallest and the largest are always kept.</summary>
    internal double[] Values { get; }

    /// <summary>Gets, per kept value, the number of rows below it.</summary>
    internal int[] Below { get; }

    /// <summary>Gets, per kept value, the number of rows at or below it.</summary>
    internal int[] AtOrBelow { get; }

    /// <summary>Gets the number of present rows.</summary>
    internal int Count => AtOrBelow.Length == 0 ? 0 : AtOrBelow[^1];

    /// <summary>Gets a value indicating whether every distinct value was kept.</summary>
    internal bool IsExact
    {
        get
        {
            for (int i = 1; i < Below.Length; i++)
            {
                if (Below[i] != AtOrBelow[i - 1])
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Summarises a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="column">One value per row; NaN is missing.</param>
    /// <param name="maximumPoints">How many values are kept at most.</param>
    /// <remarks>O(n log n) time, O(n) memory while it runs.</remarks>
    internal static NumberReference Of(string name, ReadOnlySpan<double> column, int maximumPoints)
    {
        double[] sorted = Present(column);
        List<int> ends = [];
        for (int i = 1; i <= sorted.Length; i++)
        {
            if (i == sorted.Length || sorted[i] != sorted[i - 1])
            {
                ends.Add(i);
            }
        }

        List<int> kept = ends.Count <= maximumPoints ? [.. Enumerable.Range(0, ends.Count)] : Quantiles(ends, sorted.Length, maximumPoints);
        double[] values = new double[kept.Count];
        int[] below = new int[kept.Count], atOrBelow = new int[kept.Count];
        for (int k = 0; k < kept.Count; k++)
        {
            atOrBelow[k] = ends[kept[k]];
            below[k] = kept[k] == 0 ? 0 : ends[kept[k] - 1];
            values[k] = sorted[atOrBelow[k] - 1];
        }

        return new NumberReference(name, column.Length - sorted.Length, values, below, atOrBelow);
    }

    /// <summary>Returns the present values of a column, ascending; −0 becomes 0, so that equal values have equal bits.</summary>
    internal static double[] Present(ReadOnlySpan<double> column)
    {
        double[] present = new double[column.Length];
        int count = 0;
        foreach (double value in column)
        {
            if (!double.IsNaN(value))
            {
                present[count++] = value + 0.0;
            }
        }

        Array.Resize(ref present, count);
        Array.Sort(present);
        return present;
    }

    /// <summary>Picks the distinct values that hold evenly spaced ranks, first and last included: no gap hides more than one step of ranks.</summary>
    private static List<int> Quantiles(List<int> ends, int count, int points)
    {
        List<int> kept = [];
        int distinct = 0;
        for (int k = 0; k < points; k++)
        {
            long rank = 1 + ((count - 1L) * k / (points - 1));
            while (ends[distinct] < rank)
            {
                distinct++;
            }

            if (kept.Count == 0 || kept[^1] != distinct)
            {
                kept.Add(distinct);
            }
        }

        return kept;
    }
}
