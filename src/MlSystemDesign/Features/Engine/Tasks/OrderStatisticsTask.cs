namespace MlSystemDesign.Features;

/// <summary>Quantiles and the number of distinct values of a number column: what sorting the values of a window tells.</summary>
/// <param name="column">The column.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="outputs">Per window: the quantile wanted, or NaN for the number of distinct values, and where it goes.</param>
internal sealed class OrderStatisticsTask(int column, int[] windows, (double Quantile, int Slot)[][] outputs) : FamilyTask(windows)
{
    private double[] _sorted = [];

    internal override void Compute(in WindowView view, RowBuffer row)
    {
        ReadOnlySpan<double> values = view.Numbers(column);
        for (int w = 0; w < Windows.Length; w++)
        {
            ReadOnlySpan<double> sorted = Sorted(values[..view.CountIn(Windows[w])]);
            foreach ((double quantile, int slot) in outputs[w])
            {
                row.Numbers[slot] = double.IsNaN(quantile) ? Distinct(sorted) : Quantile(sorted, quantile);
            }
        }
    }

    private static double Quantile(ReadOnlySpan<double> sorted, double quantile)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        double place = quantile * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        double low = sorted[below], high = sorted[above], share = place - below;

        // The first form cannot overflow for values of opposite signs, and keeps equal neighbours as they are.
        return share == 0 || low == high ? low : (low * (1 - share)) + (high * share);
    }

    private static int Distinct(ReadOnlySpan<double> sorted)
    {
        int distinct = sorted.IsEmpty ? 0 : 1;
        for (int i = 1; i < sorted.Length; i++)
        {
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        return distinct;
    }

    private ReadOnlySpan<double> Sorted(ReadOnlySpan<double> values)
    {
        FactSet.Sized(ref _sorted, values.Length);
        int count = 0;
        foreach (double value in values)
        {
            _sorted[count] = value;
            count += double.IsNaN(value) ? 0 : 1;
        }

        Span<double> sorted = _sorted.AsSpan(0, count);
        sorted.Sort();
        return sorted;
    }
}
