namespace MlSystemDesign.Features;

/// <summary>The newest visible value of a column, missing when it is older than a tolerance.</summary>
/// <param name="windows">All history.</param>
/// <param name="column">A number or category column.</param>
/// <param name="kind">Which.</param>
/// <param name="tolerance">How old it may be at the cutoff, in ticks.</param>
/// <param name="layout">Gives it its place.</param>
internal sealed class AttributeTask(int[] windows, int column, ColumnKind kind, long tolerance, FamilyLayout layout) 
    : RowTask(windows, layout, kind == ColumnKind.Number ? 1 : 0, kind == ColumnKind.Category ? 1 : 0, dependsOnCutoff: tolerance != long.MaxValue)
{
    protected override bool NeedsOnlyNewest => true;

    internal override int PlaceOf(FeatureDefinition feature, int window) => kind == ColumnKind.Number ? NumbersAt : CodesAt;

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        bool holds = view.CountIn(Windows[0]) > 0 && view.Cutoff - view.Ticks[0] <= tolerance;
        if (kind == ColumnKind.Number)
        {
            block.Number(NumbersAt, target) = holds ? Finite.Or(view.Numbers(column)[0]) : double.NaN;
        }
        else
        {
            block.Code(CodesAt, target) = holds ? view.Codes(column)[0] : -1;
        }
    }
}
