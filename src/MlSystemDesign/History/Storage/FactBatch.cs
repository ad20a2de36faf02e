namespace MlSystemDesign.History;

/// <summary>Rows of one source in the order in which they came. The columns may be the caller's own memory; each is let go as soon as it was copied to its place.</summary>
internal sealed class FactBatch
{
    public required int Count { get; init; }

    /// <summary>Gets the provisional entity id of each row, −1 for a row that is left out. The sort puts each row's place here.</summary>
    public required int[] Entities { get; init; }

    public ReadOnlyMemory<long> EventTimes { get; set; }

    /// <summary>Gets what <see cref="EventTimes"/> mean.</summary>
    public TickScale EventScale { get; init; } = TickScale.Ticks;

    public ReadOnlyMemory<long> KnownTimes { get; set; }

    /// <summary>Gets what <see cref="KnownTimes"/> mean.</summary>
    public TickScale KnownScale { get; init; } = TickScale.Ticks;

    /// <summary>Gets or sets the good rows that became known at another time than they happened, in order; <see langword="null"/> when they are many.</summary>
    public List<ApartRow>? Apart { get; set; }

    /// <summary>Gets or sets from when each row is superseded; rows of an overlay have it.</summary>
    public ReadOnlyMemory<long> Superseded { get; set; }

    public ReadOnlyMemory<long> Sequence { get; set; }

    public ReadOnlyMemory<EntityKey> EventKeys { get; set; }

    public ReadOnlyMemory<bool> Retracted { get; set; }

    /// <summary>Gets one column per column; empty for a category column.</summary>
    public required ReadOnlyMemory<double>[] Numbers { get; init; }

    /// <summary>Gets, per column, whether some number is NaN.</summary>
    public required bool[] HasMissing { get; init; }

    /// <summary>Gets one column per column; <see langword="null"/> for a number column.</summary>
    public required CodeBatch?[] Codes { get; init; }

    /// <summary>Returns some of the rows, as a copy.</summary>
    /// <param name="rows">Which, ascending; good ones.</param>
    public FactBatch Only(int[] rows) => new()
    {
        Count = rows.Length,
        Entities = Pick<int>(Entities, rows),
        EventTimes = Pick(EventTimes.Span, rows),
        EventScale = EventScale,
        KnownTimes = Pick(KnownTimes.Span, rows),
        KnownScale = KnownScale,
        Apart = Apart is null ? null : [.. Apart.Select(a => a with { Row = Array.BinarySearch(rows, a.Row) }).Where(a => a.Row >= 0)],
        Superseded = Pick(Superseded.Span, rows),
        Sequence = Pick(Sequence.Span, rows),
        EventKeys = Pick(EventKeys.Span, rows),
        Retracted = Pick(Retracted.Span, rows),
        Numbers = [.. Numbers.Select(n => (ReadOnlyMemory<double>)Pick(n.Span, rows))],
        HasMissing = HasMissing,
        Codes = [.. Codes.Select(c => c is null ? null : c with { Small = Pick(c.Small.Span, rows), Wide = Pick(c.Wide.Span, rows) })],
    };

    private static T[] Pick<T>(ReadOnlySpan<T> column, int[] rows)
    {
        T[] picked = new T[column.IsEmpty ? 0 : rows.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = column[rows[i]];
        }

        return picked;
    }
}
