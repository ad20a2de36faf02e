namespace MlSystemDesign.Features;

/// <summary>The number of facts in each window.</summary>
internal sealed class CountTask(int[] windows, RowLayout layout) : FamilyTask(windows)
{
    private readonly int _at = layout.TakeNumbers(windows.Length);

    internal override int PlaceOf(FeatureDefinition feature, int window) => _at + IndexOf(window);

    internal override void Compute(WindowView view, RowBuffer row)
    {
        for (int w = 0; w < Windows.Length; w++)
        {
            row.Numbers[_at + w] = view.CountIn(Windows[w]);
        }
    }
}
