namespace MlSystemDesign.Features;

/// <summary>The adjusted sample skewness of a number column in each window, in two passes: a third moment about a pivot would lose three times the digits that a spread does.</summary>
internal sealed class SkewTask(int column, int[] windows, FamilyLayout layout) : RowTask(windows, layout, windows.Length)
{
    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + IndexOf(window);

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        ReadOnlySpan<double> values = view.Numbers(column);
        for (int w = 0; w < Windows.Length; w++)
        {
            block.Number(NumbersAt + w, target) = Finite.Or(Skew(values[..view.CountIn(Windows[w])]));
        }
    }

    private static double Skew(ReadOnlySpan<double> values)
    {
        double pivot = double.NaN, sum = 0;
        int n = 0;
        bool differ = false;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                pivot = n++ == 0 ? value : pivot;
                sum += value - pivot;
                differ |= value != pivot;
            }
        }

        if (n < 3 || !differ)
        {
            return double.NaN;
        }

        double mean = sum / n, second = 0, third = 0; // the mean's difference from the pivot
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                double d = value - pivot - mean;
                second += d * d;
                third += d * d * d;
            }
        }

        double variance = second / n;
        return Math.Sqrt((double)n * (n - 1)) / (n - 2) * (third / n) / (variance * Math.Sqrt(variance));
    }
}
