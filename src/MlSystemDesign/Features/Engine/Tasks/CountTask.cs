using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>The number of facts in each window.</summary>
internal sealed class CountTask(int[] windows, RowLayout layout) : FamilyTask(windows, layout, windows.Length)
{
    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + IndexOf(window);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Compute(WindowView view, RowBlock block)
    {
        int rows = view.Until - view.From;
        ReadOnlySpan<int> firsts = view.Firsts.AsSpan(view.From, rows);
        for (int w = 0; w < Windows.Length; w++)
        {
            ReadOnlySpan<int> ends = view.Ends.AsSpan((Windows[w] * view.Stride) + view.From, rows);
            Span<double> counts = block.Numbers.AsSpan(((NumbersAt + w) * block.Stride) + view.From, rows);
            for (int row = 0; row < counts.Length; row++)
            {
                counts[row] = ends[row] - firsts[row];
            }
        }
    }
}
