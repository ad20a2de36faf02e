namespace MlSystemDesign.Features;

/// <summary>The share of each window that its source has observed; 0 for an entity of which nothing is known.</summary>
/// <param name="observedStart">The first instant observed, in UTC ticks.</param>
/// <param name="observedEnd">The first instant no longer observed, in UTC ticks.</param>
/// <param name="windows">The positions of the windows, all of them measured in time.</param>
/// <param name="slots">Where the results go.</param>
internal sealed class CoverageTask(long observedStart, long observedEnd, int[] windows, int[] slots) : FamilyTask(windows)
{
    internal override bool DependsOnCutoff => true;

    internal override void Compute(in WindowView view, RowBuffer row)
    {
        for (int w = 0; w < Windows.Length; w++)
        {
            row.Numbers[slots[w]] = view.EntityIsKnown ? ShareOf(view.Starts[Windows[w]], view.End, observedStart, observedEnd) : 0;
        }
    }

    private static double ShareOf(long start, long end, long observedStart, long observedEnd)
    {
        // In integers: as doubles, instants lie 64 ticks apart, and a start may lie so far back that a difference leaves the range of long.
        Int128 length = (Int128)end - start;
        Int128 watched = (Int128)Math.Min(end, observedEnd) - Math.Max(start, observedStart);
        return watched <= 0 ? 0 : (double)watched / (double)length;
    }
}
