namespace MlSystemDesign.Facts;

/// <summary>Columns of rows in their final order, on their way to becoming a <see cref="FactBlock"/>. Columns that the source does not have are empty arrays.</summary>
internal sealed class FactArrays
{
    public required int Count { get; init; }

    public required long[] EventTicks { get; init; }

    public long[] KnownTicks { get; set; } = [];

    /// <summary>Gets or sets the rows that became known at another time than they happened, ascending, where <see cref="KnownTicks"/> is empty.</summary>
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
        if (KnownTicks.Length == 0 && Superseded.Length == 0)
        {
            return ToBlock(delay, [], Exceptions);
        }

        int apart = 0;
        for (int row = 0; row < Count; row++)
        {
            apart += IsApart(row) ? 1 : 0;
        }

        // An exception takes 24 bytes, a known time 8.
        bool sparse = KnownTicks.Length == 0 || apart <= Count / 3;
        FactException[] exceptions = sparse ? (apart == 0 ? [] : new FactException[apart]) : new FactException[CountSuperseded()];
        for (int row = 0, next = 0; next < exceptions.Length; row++)
        {
            if (sparse ? IsApart(row) : Superseded[row] != long.MaxValue)
            {
                exceptions[next++] = new FactException(
                    row,
                    KnownTicks.Length != 0 ? KnownTicks[row] : FactBlock.KnownByRule(EventTicks[row], delay),
                    Superseded.Length != 0 ? Superseded[row] : long.MaxValue);
            }
        }

        return ToBlock(delay, sparse ? [] : KnownTicks, exceptions);
    }

    private FactBlock ToBlock(long delay, long[] known, FactException[] exceptions) => new()
    {
        Count = Count,
        EventTicks = EventTicks,
        KnownTicks = known,
        Exceptions = exceptions,
        Delay = delay,
        Sequence = Sequence,
        Numbers = Numbers,
        MayBeMissing = MayBeMissing,
        Codes = Codes,
        EventKeys = EventKeys,
    };

    private bool IsApart(int row) => (KnownTicks.Length != 0 && KnownTicks[row] != EventTicks[row]) || (Superseded.Length != 0 && Superseded[row] != long.MaxValue);

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
