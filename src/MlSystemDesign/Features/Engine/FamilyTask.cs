using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>Computes some features over the windows of one family into places of the rows that are its own.</summary>
/// <remarks>Immutable; shared by all threads.</remarks>
/// <param name="windows">The positions of its windows in the family, ascending; each once.</param>
/// <param name="layout">Gives it its places.</param>
/// <param name="numbers">How many places it needs for numbers.</param>
/// <param name="codes">How many it needs for categories.</param>
internal abstract class FamilyTask(int[] windows, RowLayout layout, int numbers, int codes = 0)
{
    protected int[] Windows { get; } = windows;

    /// <summary>Gets the first of its places for numbers.</summary>
    protected int NumbersAt { get; } = layout.TakeNumbers(numbers);

    /// <summary>Gets the first of its places for categories.</summary>
    protected int CodesAt { get; } = layout.TakeCodes(codes);

    /// <summary>Gets a value indicating whether the newest fact is all that it looks at, whatever its windows hold.</summary>
    protected virtual bool NeedsOnlyNewest => false;

    /// <summary>Returns how far back from a cutoff it looks, in ticks; <see cref="long.MaxValue"/> for without end.</summary>
    internal long ReachIn(WindowFamily family) => NeedsOnlyNewest ? 0 : Windows.Max(w => WindowFamily.ReachOf(family.Windows[w]) ?? long.MaxValue);

    /// <summary>Computes the features of the rows of a view.</summary>
    internal abstract void Compute(WindowView view, RowBlock block);

    /// <summary>Ends the computation of all rows of a block, of whichever entities: what is left must not look at facts. Then each number is <see cref="Finite"/> or missing.</summary>
    internal virtual void Finish(RowBlock block)
    {
    }

    /// <summary>Returns the place in the row of one of its features.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="window">The position of its window in the family.</param>
    internal abstract int PlaceOf(FeatureDefinition feature, int window);

    /// <summary>Returns where a window of the family stands among those of the task.</summary>
    protected int IndexOf(int window) => Array.IndexOf(Windows, window);

    /// <summary>Copies what was computed for each head to the rows that follow it: their windows hold the same facts.</summary>
    protected void Spread(WindowView view, RowBlock block)
    {
        if (view.HeadCount < view.Until - view.From)
        {
            Spread(block.Numbers.AsSpan(NumbersAt * block.Stride, numbers * block.Stride), block.Stride, view);
            Spread(block.Codes.AsSpan(CodesAt * block.Stride, codes * block.Stride), block.Stride, view);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread<T>(Span<T> places, int stride, WindowView view)
    {
        ReadOnlySpan<int> heads = view.Heads.AsSpan(0, view.HeadCount);
        for (int h = 0; h < heads.Length; h++)
        {
            int head = heads[h], next = h + 1 < heads.Length ? heads[h + 1] : view.Until;
            for (int at = 0; next > head + 1 && at < places.Length; at += stride)
            {
                places[(at + head + 1)..(at + next)].Fill(places[at + head]);
            }
        }
    }
}
