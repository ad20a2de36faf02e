using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>Which rows of a block share results, because the windows of one family hold the same facts in them: results lie in slots, each computed once. With daily cutoffs, most rows share theirs.</summary>
/// <param name="height">How many rows the block has at most.</param>
internal sealed class RowSlots(int height)
{
    /// <summary>Gets the slot of each row.</summary>
    internal int[] Of { get; } = new int[height];

    /// <summary>Gets the first row of each slot, ascending.</summary>
    internal int[] FirstRows { get; } = new int[height];

    /// <summary>Gets or sets how many slots there are.</summary>
    internal int Count { get; set; }

    /// <summary>Begins a slot with a row.</summary>
    /// <returns>The slot.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Begin(int row)
    {
        FirstRows[Count] = row;
        Of[row] = Count;
        return Count++;
    }
}
