using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>The number of facts in each window.</summary>
internal sealed class CountTask(int[] windows, FamilyLayout layout) : FamilyTask(windows, layout, windows.Length)
{
    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + IndexOf(window);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Compute(WindowView view, RowBlock block)
    {
        int slots = view.Slots.Count - view.FirstSlot;
        ReadOnlySpan<int> rows = view.Slots.FirstRows.AsSpan(view.FirstSlot, slots);
        for (int w = 0; w < Windows.Length; w++)
        {
            ReadOnlySpan<int> ends = view.Ends.AsSpan((Windows[w] * view.Stride) + view.FirstSlot, slots);
            Span<double> counts = block.Numbers.AsSpan(((NumbersAt + w) * block.Stride) + view.FirstSlot, slots);
            for (int slot = 0; slot < counts.Length; slot++)
            {
                counts[slot] = ends[slot] - view.Firsts[rows[slot]];
            }
        }
    }
}
