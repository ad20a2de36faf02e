namespace MlSystemDesign.Features;

/// <summary>The share of each window that its source has observed; 0 for an entity of which nothing is known.</summary>
/// <param name="observedStart">The first instant observed, in UTC ticks.</param>
/// <param name="observedEnd">The first instant no longer observed, in UTC ticks.</param>
/// <param name="windows">The positions of the windows, all of them measured in time.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class CoverageTask(long observedStart, long observedEnd, int[] windows, RowLayout layout) : FamilyTask(windows)
{
    private readonly int _at = layout.TakeNumbers(windows.Length);

    internal override bool DependsOnCutoff => true;

    internal override int PlaceOf(FeatureDefinition feature, int window) => _at + IndexOf(window);

    internal override void Compute(in WindowView view, RowBuffer row)
    {
        for (int w = 0; w < Windows.Length; w++)
        {
            row.Numbers[_at + w] = view.EntityIsKnown ? WindowCoverage.ShareOf(view.Starts[Windows[w]], view.End, observedStart, observedEnd) : 0;
        }
    }
}
