namespace MlSystemDesign.Features;

/// <summary>Computes some features over the windows of one family into places of the row that are its own.</summary>
/// <remarks>Immutable; shared by all threads.</remarks>
/// <param name="windows">The positions of its windows in the family, ascending; each once.</param>
internal abstract class FamilyTask(int[] windows)
{
    /// <summary>Gets a value indicating whether equal facts in equal windows give other results at another cutoff.</summary>
    internal virtual bool DependsOnCutoff => false;

    protected int[] Windows { get; } = windows;

    /// <summary>Computes the features and puts them into the row, each <see cref="Finite"/> or missing.</summary>
    internal abstract void Compute(WindowView view, RowBuffer row);

    /// <summary>Returns the place in the row of one of its features.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="window">The position of its window in the family.</param>
    internal abstract int PlaceOf(FeatureDefinition feature, int window);

    /// <summary>Returns where a window of the family stands among those of the task.</summary>
    protected int IndexOf(int window) => Array.IndexOf(Windows, window);
}
