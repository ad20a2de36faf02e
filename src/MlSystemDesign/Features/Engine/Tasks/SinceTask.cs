namespace MlSystemDesign.Features;

/// <summary>Days from the newest or the oldest fact to the cutoff.</summary>
/// <param name="windows">All history.</param>
/// <param name="oldest">Whether the oldest fact counts.</param>
/// <param name="undatedIsMissing">Whether the facts may be undated attributes.</param>
/// <param name="layout">Gives it its place.</param>
internal sealed class SinceTask(int[] windows, bool oldest, bool undatedIsMissing, RowLayout layout) : FamilyTask(windows)
{
    private readonly int _at = layout.TakeNumbers(1);

    internal override bool DependsOnCutoff => true;

    internal override int PlaceOf(FeatureDefinition feature, int window) => _at;

    internal override void Compute(WindowView view, RowBuffer row)
    {
        int count = view.CountIn(Windows[0]);
        long happened = count == 0 ? 0 : view.Ticks[oldest ? count - 1 : 0];

        // Tick 0 is how undated attributes are stored: since when they hold is not known. An event may happen then.
        row.Numbers[_at] = count == 0 || (undatedIsMissing && happened == 0) ? double.NaN : (double)(view.Cutoff - happened) / TimeSpan.TicksPerDay;
    }
}
