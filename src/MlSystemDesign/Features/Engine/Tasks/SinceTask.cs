namespace MlSystemDesign.Features;

/// <summary>Days from the newest or the oldest fact to the cutoff.</summary>
/// <param name="window">The window, normally all history.</param>
/// <param name="slot">Where the result goes.</param>
/// <param name="oldest">Whether the oldest fact counts.</param>
/// <param name="undatedIsMissing">Whether the facts may be undated attributes.</param>
internal sealed class SinceTask(int window, int slot, bool oldest, bool undatedIsMissing) : FamilyTask([window])
{
    internal override bool DependsOnCutoff => true;

    internal override void Compute(in WindowView view, RowBuffer row)
    {
        int count = view.CountIn(Windows[0]);
        long happened = count == 0 ? 0 : view.Ticks[oldest ? count - 1 : 0];

        // Tick 0 is how undated attributes are stored: since when they hold is not known. An event may happen then.
        row.Numbers[slot] = count == 0 || (undatedIsMissing && happened == 0) ? double.NaN : (double)(view.Cutoff - happened) / TimeSpan.TicksPerDay;
    }
}
