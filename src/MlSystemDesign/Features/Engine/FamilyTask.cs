namespace MlSystemDesign.Features;

/// <summary>Computes some features over the windows of one family. Holds scratch memory: one per thread.</summary>
/// <param name="windows">The positions of its windows in the family, ascending; each once.</param>
internal abstract class FamilyTask(int[] windows)
{
    /// <summary>Gets a value indicating whether equal facts in equal windows give other results at another cutoff.</summary>
    internal virtual bool DependsOnCutoff => false;

    protected int[] Windows { get; } = windows;

    /// <summary>Computes the features and puts them into the row. What is not finite is made missing later, by the output.</summary>
    internal abstract void Compute(in WindowView view, RowBuffer row);
}
