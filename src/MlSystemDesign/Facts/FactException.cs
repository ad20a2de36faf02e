namespace MlSystemDesign.Facts;

/// <summary>A fact whose visibility the source's rule does not tell.</summary>
/// <param name="Row">The row of the block.</param>
/// <param name="Known">When it became known, in UTC ticks.</param>
/// <param name="Superseded">From when a revision or retraction of it was known, in UTC ticks; <see cref="long.MaxValue"/> for never. The fact is visible at a cutoff
/// if known &lt; cutoff and superseded ≥ cutoff.</param>
internal readonly record struct FactException(int Row, long Known, long Superseded)
{
    /// <summary>Tells whether the fact is hidden at a cutoff that lies after it happened.</summary>
    public bool IsHidden(long cutoff) => Known >= cutoff || Superseded < cutoff;
}
