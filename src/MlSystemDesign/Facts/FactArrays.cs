using System.Runtime.CompilerServices;

namespace MlSystemDesign.Facts;

/// <summary>Columns of rows in their final order, on their way to becoming a <see cref="FactBlock"/>. Columns that the source does not have are empty arrays.</summary>
internal sealed class FactArrays
{
    private const int BytesPerException = 24;

    public required int Count { get; init; }

    public required long[] EventTicks { get; init; }

    public KnownTimes Known { get; set; }

    /// <summary>Gets or sets the rows that became known at another time than they happened, ascending, where <see cref="Known"/> is empty.</summary>
    public FactException[] Exceptions { get; set; } = [];

    /// <summary>Gets or sets from when each row is superseded, <see cref="long.MaxValue"/> for never; empty when none is.</summary>
    public long[] Superseded { get; set; } = [];

    public long[] Sequence { get; set; } = [];

    public required double[][] Numbers { get; init; }

    public required bool[] MayBeMissing { get; init; }

    public required CodeColumn?[] Codes { get; init; }

    public EntityKey[] EventKeys { get; set; } = [];

    /// <summary>Gets or sets the rows that retract their event; empty when none does.</summary>
    public bool[] Retracted { get; set; } = [];

    /// <summary>Hands the columns over, with the known times in the smaller form.</summary>
    /// <param name="delay">The source's fixed delay in ticks.</param>
    public FactBlock ToBlock(long delay)
    {
        if (Known.IsEmpty && Superseded.Length == 0)
        {
            return ToBlock(delay, default, Exceptions);
        }

        int apart = 0;
        for (int row = 0; row < Count; row++)
        {
            apart += IsApart(row) ? 1 : 0;
        }

        bool sparse = Known.IsEmpty || (long)apart * BytesPerException <= Known.Bytes;
        FactException[] exceptions = sparse ? (apart == 0 ? [] : new FactException[apart]) : new FactException[CountSuperseded()];
        for (int row = 0, next = 0; next < exceptions.Length; row++)
        {
            if (sparse ? IsApart(row) : Superseded[row] != long.MaxValue)
            {
                exceptions[next++] = new FactException(
                    row,
                    Known.IsEmpty ? FactBlock.KnownByRule(EventTicks[row], delay) : Known[row, EventTicks[row]],
                    Superseded.Length != 0 ? Superseded[row] : long.MaxValue);
            }
        }

        return ToBlock(delay, sparse ? default : Known, exceptions);
    }

    private FactBlock ToBlock(long delay, KnownTimes known, FactException[] exceptions) => new()
    {
        Count = Count,
        EventTicks = EventTicks,
        Known = known,
        Exceptions = exceptions,
        Delay = delay,
        Sequence = Sequence,
        Numbers = Numbers,
        MayBeMissing = MayBeMissing,
        Codes = Codes,
        EventKeys = EventKeys,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsApart(int row)
    {
        // No branch on the times: where half of the facts are late a processor guesses wrong.
        bool isApart = !Known.IsEmpty && Known[row, EventTicks[row]] != EventTicks[row];
        return Superseded.Length == 0 ? isApart : isApart | (Superseded[row] != long.MaxValue);
    }

    private int CountSuperseded()
    {
        int count = 0;
        foreach (long superseded in Superseded)
        {
            count += superseded != long.MaxValue ? 1 : 0;
        }

        return count;
    }
}
