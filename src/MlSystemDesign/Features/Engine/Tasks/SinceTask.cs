using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>Days from the newest or the oldest fact to the cutoff.</summary>
/// <param name="windows">All history.</param>
/// <param name="oldest">Whether the oldest fact counts.</param>
/// <param name="undatedIsMissing">Whether the facts may be undated attributes.</param>
/// <param name="layout">Gives it its place.</param>
internal sealed class SinceTask(int[] windows, bool oldest, bool undatedIsMissing, FamilyLayout layout) : FamilyTask(windows, layout, 1, dependsOnCutoff: true)
{
    protected override bool NeedsOnlyNewest => !oldest;

    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Compute(WindowView view, RowBlock block)
    {
        int rows = view.Until - view.From;
        ReadOnlySpan<int> firsts = view.Firsts.AsSpan(view.From, rows), slots = view.Slots.Of.AsSpan(view.From, rows), ends = view.Ends.AsSpan(Windows[0] * view.Stride, view.Stride);
        ReadOnlySpan<long> ticks = view.Facts.Ticks.Span(view.Facts.Count), cutoffs = block.Cutoffs.AsSpan(view.From, rows);
        Span<double> days = block.Numbers.AsSpan((NumbersAt * block.Stride) + view.From, rows);
        for (int row = 0; row < days.Length; row++)
        {
            int first = firsts[row], end = ends[slots[row]];
            long happened = first == end ? 0 : ticks[oldest ? end - 1 : first];

            // Tick 0 is how undated attributes are stored: since when they hold is not known. An event may happen then.
            days[row] = first == end || (undatedIsMissing && happened == 0) ? double.NaN : (double)(cutoffs[row] - happened) / TimeSpan.TicksPerDay;
        }
    }
}
