namespace MlSystemDesign.Features;

/// <summary>The oldest, or the n-th newest, value of a category column in each window; missing values are skipped.</summary>
/// <param name="column">The column.</param>
/// <param name="fromNewest">Which newest value, from 1; 0 for the oldest.</param>
/// <param name="windows">The windows.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class PickCategoryTask(int column, int fromNewest, int[] windows, FamilyLayout layout) : RowTask(windows, layout, 0, windows.Length)
{
    internal override int PlaceOf(FeatureDefinition feature, int window) => CodesAt + IndexOf(window);

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        ReadOnlySpan<int> codes = view.Codes(column);
        for (int w = 0; w < Windows.Length; w++)
        {
            ReadOnlySpan<int> inside = codes[..view.CountIn(Windows[w])];
            block.Code(CodesAt + w, target) = fromNewest == 0 ? Oldest(inside) : Newest(inside);
        }
    }

    private static int Oldest(ReadOnlySpan<int> codes)
    {
        int place = codes.LastIndexOfAnyExcept(-1);
        return place < 0 ? -1 : codes[place];
    }

    private int Newest(ReadOnlySpan<int> codes)
    {
        int left = fromNewest;
        foreach (int code in codes)
        {
            if (code >= 0 && --left == 0)
            {
                return code;
            }
        }

        return -1;
    }
}
