namespace MlSystemDesign.Features;

/// <summary>A host's own aggregate.</summary>
internal sealed class CustomTask(IWindowAggregate aggregate, int column, ColumnKind? kind, int[] windows, RowLayout layout) : FamilyTask(windows)
{
    private readonly int _at = layout.TakeNumbers(windows.Length);

    internal override bool DependsOnCutoff => true; // it may look at the cutoff

    internal override int PlaceOf(FeatureDefinition feature, int window) => _at + IndexOf(window);

    internal override void Compute(WindowView view, RowBuffer row)
    {
        for (int w = 0; w < Windows.Length; w++)
        {
            int count = view.CountIn(Windows[w]);
            row.Numbers[_at + w] = Finite.Or(aggregate.Compute(new WindowFacts(
                view.Ticks[..count],
                kind == ColumnKind.Number ? view.Numbers(column)[..count] : default,
                kind == ColumnKind.Category ? view.Codes(column)[..count] : default,
                view.Cutoff)));
        }
    }
}
