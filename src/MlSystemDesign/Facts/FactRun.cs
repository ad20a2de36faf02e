namespace MlSystemDesign.Facts;

/// <summary>The facts of one entity from one source where they lie, newest first in the total order of facts. A view; copies nothing.</summary>
/// <remarks>Holds every version of every fact: whoever reads as of a cutoff leaves out what was not known by then, with <see cref="FactBlock.Known"/> and <see cref="Exceptions"/>.</remarks>
internal readonly struct FactRun(FactBlock block, int start, int count)
{
    public FactBlock Block => block;

    /// <summary>Gets the row of the block at which the run starts.</summary>
    public int Start => start;

    public int Count => count;

    public ReadOnlySpan<long> EventTicks => block.EventTicks.AsSpan(start, count);

    /// <summary>Gets the facts whose known time is another one than the rule says, or that were superseded, in the order of the run.</summary>
    public ReadOnlySpan<FactException> Exceptions => block.ExceptionsIn(start, count);

    /// <summary>Gets how much later than it happened a fact of the block became known, at most, in ticks.</summary>
    public long LargestDelay => block.LargestDelay;

    /// <summary>Returns the values of a number column; NaN is missing.</summary>
    public ReadOnlySpan<double> Numbers(int column) => count == 0 ? default : block.Numbers[column].AsSpan(start, count);

    /// <summary>Tells whether some value of the number column may be NaN; false is a promise, true is not.</summary>
    public bool MayBeMissing(int column) => count > 0 && block.MayBeMissing[column];

    /// <summary>Copies the codes of a category column; −1 is missing.</summary>
    /// <param name="column">A category column.</param>
    /// <param name="first">The first fact to copy, 0 for the newest.</param>
    /// <param name="codes">One place per fact to copy.</param>
    public void CopyCodes(int column, int first, Span<int> codes) => block.Codes[column]!.CopyTo(start + first, codes);
}
