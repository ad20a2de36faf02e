namespace MlSystemDesign.Features;

/// <summary>The newest visible value of a column, missing when it is older than a tolerance.</summary>
/// <param name="windows">All history.</param>
/// <param name="column">A number or category column.</param>
/// <param name="kind">Which.</param>
/// <param name="tolerance">How old it may be at the cutoff, in ticks.</param>
/// <param name="layout">Gives it its place.</param>
internal sealed class AttributeTask(int[] windows, int column, ColumnKind kind, long tolerance, RowLayout layout) : FamilyTask(windows)
{
    private readonly int _at = kind == ColumnKind.Number ? layout.TakeNumbers(1) : layout.TakeCodes(1);

    internal override bool DependsOnCutoff => tolerance != long.MaxValue;

    internal override int PlaceOf(FeatureDefinition feature, int window) => _at;

    internal override void Compute(WindowView view, RowBuffer row)
    {
        bool holds = view.CountIn(Windows[0]) > 0 && view.Cutoff - view.Ticks[0] <= tolerance;
        if (kind == ColumnKind.Number)
        {
            row.Numbers[_at] = holds ? Finite.Or(view.Numbers(column)[0]) : double.NaN;
        }
        else
        {
            row.Codes[_at] = holds ? view.Codes(column)[0] : -1;
        }
    }
}
