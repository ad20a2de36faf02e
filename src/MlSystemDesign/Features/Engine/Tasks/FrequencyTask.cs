namespace MlSystemDesign.Features;

/// <summary>What the frequencies of a category column tell: how many distinct values, the most frequent one, the share of the top k, the entropy. One pass over all windows.</summary>
/// <param name="column">The column.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="wanted">What is wanted of each window: aggregates, and k for a top share.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class FrequencyTask(int column, int[] windows, (FeatureAggregate Aggregate, int Top)[] wanted, FamilyLayout layout) 
    : RowTask(windows, layout, windows.Length * wanted.Length, windows.Length)
{

    internal override int PlaceOf(FeatureDefinition feature, int window) => feature.Aggregate == FeatureAggregate.Mode
        ? CodesAt + IndexOf(window)
        : NumbersAt + (IndexOf(window) * wanted.Length) + Array.IndexOf(wanted, Wanted(feature));

    internal static (FeatureAggregate Aggregate, int Top) Wanted(FeatureDefinition feature) =>
        (feature.Aggregate, feature.Aggregate == FeatureAggregate.TopShare ? (int)(feature.Parameter ?? 1) : 0);

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        ReadOnlySpan<int> codes = view.Codes(column);
        CategoryCounts counts = block.Counts;
        for (int w = 0, i = 0; w < Windows.Length; w++)
        {
            int end = view.CountIn(Windows[w]);
            for (; i < end; i++)
            {
                counts.Add(codes[i]);
            }

            for (int f = 0; f < wanted.Length; f++)
            {
                ref double number = ref block.Number(NumbersAt + (w * wanted.Length) + f, target);
                switch (wanted[f].Aggregate)
                {
                    case FeatureAggregate.Distinct: number = counts.Distinct; break;
                    case FeatureAggregate.TopShare: number = Finite.Or(counts.TopShare(wanted[f].Top)); break;
                    case FeatureAggregate.Entropy: number = counts.Entropy(); break;
                    default: block.Code(CodesAt + w, target) = counts.Mode(); break;
                }
            }
        }

        counts.Clear();
    }
}
