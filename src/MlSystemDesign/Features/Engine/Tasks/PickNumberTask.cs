namespace MlSystemDesign.Features;

/// <summary>The oldest, or the n-th newest, value of a number column in each window; missing values are skipped.</summary>
/// <param name="column">The column.</param>
/// <param name="fromNewest">Which newest value, from 1; 0 for the oldest.</param>
/// <param name="windows">The windows.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class PickNumberTask(int column, int fromNewest, int[] windows, FamilyLayout layout) : RowTask(windows, layout, windows.Length)
{
    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + IndexOf(window);

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        ReadOnlySpan<double> values = view.Numbers(column);
        for (int w = 0; w < Windows.Length; w++)
        {
            ReadOnlySpan<double> inside = values[..view.CountIn(Windows[w])];
            block.Number(NumbersAt + w, target) = Finite.Or(fromNewest == 0 ? Oldest(inside) : Newest(inside));
        }
    }

    private static double Oldest(ReadOnlySpan<double> values)
    {
        int i = values.Length - 1;
        while (i >= 0 && double.IsNaN(values[i]))
        {
            i--;
        }

        return i < 0 ? double.NaN : values[i];
    }

    private double Newest(ReadOnlySpan<double> values)
    {
        int left = fromNewest;
        foreach (double value in values)
        {
            if (!double.IsNaN(value) && --left == 0)
            {
                return value;
            }
        }

        return double.NaN;
    }
}
