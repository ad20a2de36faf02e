namespace MlSystemDesign.Features;

/// <summary>The newest visible value of a column, missing when it is older than a tolerance.</summary>
/// <param name="window">All history.</param>
/// <param name="column">A number or category column.</param>
/// <param name="kind">Which.</param>
/// <param name="tolerance">How old it may be at the cutoff, in ticks.</param>
/// <param name="slot">Where the result goes.</param>
internal sealed class AttributeTask(int window, int column, ColumnKind kind, long tolerance, int slot) : FamilyTask([window])
{
    internal override bool DependsOnCutoff => tolerance != long.MaxValue;

    internal override void Compute(in WindowView view, RowBuffer row)
    {
        bool holds = view.CountIn(Windows[0]) > 0 && view.Cutoff - view.Ticks[0] <= tolerance;
        if (kind == ColumnKind.Number)
        {
            row.Numbers[slot] = holds ? view.Numbers(column)[0] : double.NaN;
        }
        else
        {
            row.Codes[slot] = holds ? view.Codes(column)[0] : -1;
        }
    }
}
