namespace MlSystemDesign.Facts;

/// <summary>Rows of one source, column by column; never changed once it is part of a history. Columns that the source does not have are empty arrays.</summary>
internal sealed class FactBlock
{
    private Dictionary<EntityKey, int>? _rowOfEventKey;

    public static FactBlock Empty { get; } = new() { Count = 0, EventTicks = [], Numbers = [], Codes = [] };

    public required int Count { get; init; }

    public required long[] EventTicks { get; init; }

    /// <summary>Gets the known times; empty when the source has a fixed delay.</summary>
    public long[] KnownTicks { get; init; } = [];

    public long[] Sequence { get; init; } = [];

    /// <summary>Gets the rows whose visibility the source's rule and <see cref="KnownTicks"/> do not tell, ascending by row.</summary>
    public FactException[] Exceptions { get; init; } = [];

    /// <summary>Gets one array per column; empty for a category column.</summary>
    public required double[][] Numbers { get; init; }

    /// <summary>Gets one array per column; empty for a number column.</summary>
    public required int[][] Codes { get; init; }

    /// <summary>Gets the event keys; empty when the source declares none.</summary>
    public EntityKey[] EventKeys { get; init; } = [];

    /// <summary>Gets how much later than it happened a fact became known, at most, in ticks. Only facts this close to a cutoff need a look at their known time.</summary>
    public long LargestDelay
    {
        get
        {
            if (field < 0)
            {
                long largest = 0;
                for (int i = 0; i < KnownTicks.Length; i++)
                {
                    largest = Math.Max(largest, KnownTicks[i] - EventTicks[i]);
                }

                field = largest;
            }

            return field;
        }
    }

    = -1;

    /// <summary>Copies rows of several blocks into a new one, in the order given.</summary>
    public static FactBlock Gather(FactBlock[] blocks, ReadOnlySpan<RowRef> rows)
    {
        FactBlock shape = blocks[^1];
        double[][] numbers = new double[shape.Numbers.Length][];
        int[][] codes = new int[shape.Codes.Length][];
        for (int c = 0; c < numbers.Length; c++)
        {
            int column = c;
            numbers[c] = Pick(blocks, b => b.Numbers[column], rows);
            codes[c] = Pick(blocks, b => b.Codes[column], rows);
        }

        return new FactBlock
        {
            Count = rows.Length,
            EventTicks = Pick(blocks, b => b.EventTicks, rows),
            KnownTicks = Pick(blocks, b => b.KnownTicks, rows),
            Sequence = Pick(blocks, b => b.Sequence, rows),
            Numbers = numbers,
            Codes = codes,
            EventKeys = Pick(blocks, b => b.EventKeys, rows),
        };
    }

    /// <summary>Returns the exceptions among a run of rows.</summary>
    public ReadOnlySpan<FactException> ExceptionsIn(int start, int count)
    {
        if (Exceptions.Length == 0)
        {
            return default;
        }

        int from = FirstExceptionFrom(start);
        return Exceptions.AsSpan(from, FirstExceptionFrom(start + count) - from);
    }

    /// <summary>Finds a row by its event key.</summary>
    /// <returns>The row, or −1.</returns>
    public int RowOf(EntityKey eventKey)
    {
        // Built on the first correction only. A race builds it twice with equal content.
        Dictionary<EntityKey, int> rows = _rowOfEventKey ??= IndexEventKeys();
        return rows.GetValueOrDefault(eventKey, -1);
    }

    /// <summary>Returns this block with the codes of one column translated; every other column is shared.</summary>
    public FactBlock WithCodes(int column, ReadOnlySpan<int> newCodeOf)
    {
        int[][] codes = [.. Codes];
        codes[column] = [.. Codes[column]];
        Translate(codes[column].AsSpan(0, Count), newCodeOf);
        return new FactBlock
        {
            Count = Count,
            EventTicks = EventTicks,
            KnownTicks = KnownTicks,
            Sequence = Sequence,
            Numbers = Numbers,
            Codes = codes,
            EventKeys = EventKeys,
        };
    }

    public static void Translate(Span<int> codes, ReadOnlySpan<int> newCodeOf)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = codes[i] < 0 ? -1 : newCodeOf[codes[i]];
        }
    }

    private static T[] Pick<T>(FactBlock[] blocks, Func<FactBlock, T[]> column, ReadOnlySpan<RowRef> rows)
    {
        T[][] sources = [.. blocks.Select(column)];
        if (Array.TrueForAll(sources, s => s.Length == 0))
        {
            return [];
        }

        T[] picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            picked[i] = sources[rows[i].Block][rows[i].Row];
        }

        return picked;
    }

    private int FirstExceptionFrom(int row)
    {
        int low = 0, high = Exceptions.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = Exceptions[middle].Row < row ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private Dictionary<EntityKey, int> IndexEventKeys()
    {
        Dictionary<EntityKey, int> rows = new(EventKeys.Length);
        for (int i = 0; i < EventKeys.Length; i++)
        {
            rows[EventKeys[i]] = i;
        }

        return rows;
    }
}
