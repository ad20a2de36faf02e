namespace MlSystemDesign.Features;

/// <summary>Quantiles and the number of distinct values of a number column: what sorting the values of a window tells.</summary>
/// <param name="column">The column.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="quantiles">The quantiles wanted of each window; NaN stands for the number of distinct values.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class OrderStatisticsTask(int column, int[] windows, double[] quantiles, FamilyLayout layout)
    : RowTask(windows, layout, windows.Length * quantiles.Length)
{
    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + (IndexOf(window) * quantiles.Length) + Array.IndexOf(quantiles, Wanted(feature));

    internal static double Wanted(FeatureDefinition feature) => feature.Aggregate == FeatureAggregate.Distinct ? double.NaN : feature.Parameter!.Value;

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        ReadOnlySpan<double> values = view.Numbers(column);
        for (int w = 0; w < Windows.Length; w++)
        {
            ReadOnlySpan<double> sorted = Sorted(values[..view.CountIn(Windows[w])], block);
            for (int q = 0; q < quantiles.Length; q++)
            {
                block.Number(NumbersAt + (w * quantiles.Length) + q, target) = double.IsNaN(quantiles[q]) ? Distinct(sorted) : Finite.Or(Quantile(sorted, quantiles[q]));
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

    private static ReadOnlySpan<double> Sorted(ReadOnlySpan<double> values, RowBlock block)
    {
        Span<double> sorted = block.Sorting(values.Length);
        int count = 0;
        foreach (double value in values)
        {
            sorted[count] = value;
            count += double.IsNaN(value) ? 0 : 1;
        }

        sorted[..count].Sort();
        return sorted[..count];
    }
}
