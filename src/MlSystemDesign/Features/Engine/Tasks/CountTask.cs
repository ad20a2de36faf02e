namespace MlSystemDesign.Features;

/// <summary>The number of facts in each window.</summary>
internal sealed class CountTask(int[] windows, int[] slots) : FamilyTask(windows)
{
    internal override void Compute(in WindowView view, RowBuffer row)
    {
        for (int w = 0; w < Windows.Length; w++)
        {
            row.Numbers[slots[w]] = view.CountIn(Windows[w]);
        }
    }
}
