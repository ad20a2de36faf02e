namespace MlSystemDesign.Features;

/// <summary>Computes some features over the windows of one family into places of the rows that are its own.</summary>
/// <remarks>Immutable; shared by all threads.</remarks>
/// <param name="windows">The positions of its windows in the family, ascending; each once.</param>
/// <param name="layout">Gives it its places.</param>
/// <param name="numbers">How many places it needs for numbers.</param>
/// <param name="codes">How many it needs for categories.</param>
/// <param name="dependsOnCutoff">Whether equal facts in equal windows give other results at another cutoff. If so, each row has its results; otherwise they lie in slots.</param>
internal abstract class FamilyTask(int[] windows, FamilyLayout layout, int numbers, int codes = 0, bool dependsOnCutoff = false)
{
    protected int[] Windows { get; } = windows;

    /// <summary>Gets the first of its places for numbers.</summary>
    protected int NumbersAt { get; } = layout.Row.TakeNumbers(numbers, dependsOnCutoff ? RowLayout.EachRow : layout.Family);

    /// <summary>Gets the first of its places for categories.</summary>
    protected int CodesAt { get; } = layout.Row.TakeCodes(codes, dependsOnCutoff ? RowLayout.EachRow : layout.Family);

    /// <summary>Gets a value indicating whether equal facts in equal windows give other results at another cutoff.</summary>
    protected bool DependsOnCutoff { get; } = dependsOnCutoff;

    /// <summary>Gets a value indicating whether the newest fact is all that it looks at, whatever its windows hold.</summary>
    protected virtual bool NeedsOnlyNewest => false;

    /// <summary>Returns how far back from a cutoff it looks, in ticks; <see cref="long.MaxValue"/> for without end.</summary>
    internal long ReachIn(WindowFamily family) => NeedsOnlyNewest ? 0 : Windows.Max(w => WindowFamily.ReachOf(family.Windows[w]) ?? long.MaxValue);

    /// <summary>Computes the features of the rows, or the slots, of a view.</summary>
    internal abstract void Compute(WindowView view, RowBlock block);

    /// <summary>Ends the computation of all slots of a block, of whichever entities: what is left must not look at facts. Then each number is <see cref="Finite"/> or missing.</summary>
    /// <param name="block">The block.</param>
    /// <param name="slots">How many slots the family has in it.</param>
    internal virtual void Finish(RowBlock block, int slots)
    {
    }

    /// <summary>Returns the place in the row of one of its features.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="window">The position of its window in the family.</param>
    internal abstract int PlaceOf(FeatureDefinition feature, int window);

    /// <summary>Returns where a window of the family stands among those of the task.</summary>
    protected int IndexOf(int window) => Array.IndexOf(Windows, window);
}
