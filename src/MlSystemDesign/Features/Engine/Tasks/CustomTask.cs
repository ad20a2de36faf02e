namespace MlSystemDesign.Features;

/// <summary>A host's own aggregate.</summary>
internal sealed class CustomTask(IWindowAggregate aggregate, int column, ColumnKind? kind, int[] windows, FamilyLayout layout)
    : RowTask(windows, layout, windows.Length, dependsOnCutoff: true) // it may look at the cutoff
{
    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + IndexOf(window);

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        for (int w = 0; w < Windows.Length; w++)
        {
            int count = view.CountIn(Windows[w]);
            block.Number(NumbersAt + w, target) = Finite.Or(aggregate.Compute(new WindowFacts(
                view.Ticks[..count],
                kind == ColumnKind.Number ? view.Numbers(column)[..count] : default,
                kind == ColumnKind.Category ? view.Codes(column)[..count] : default,
                view.Cutoff)));
        }
    }
}
