namespace MlSystemDesign.Features;

/// <summary>The share of each window that its source has observed; 0 for an entity of which nothing is known.</summary>
/// <param name="observedStart">The first instant observed, in UTC ticks.</param>
/// <param name="observedEnd">The first instant no longer observed, in UTC ticks.</param>
/// <param name="windows">The positions of the windows, all of them measured in time.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class CoverageTask(long observedStart, long observedEnd, int[] windows, FamilyLayout layout)
    : RowTask(windows, layout, windows.Length, dependsOnCutoff: true)
{
    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + IndexOf(window);

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        for (int w = 0; w < Windows.Length; w++)
        {
            block.Number(NumbersAt + w, target) = view.EntityIsKnown ? WindowCoverage.ShareOf(view.StartOf(Windows[w]), view.Close, observedStart, observedEnd) : 0;
        }
    }
}
