namespace MlSystemDesign.Facts;

/// <summary>Copies rows of several blocks into a new one.</summary>
internal static class FactGatherer
{
    /// <summary>Copies.</summary>
    /// <param name="blocks">Blocks of one source.</param>
    /// <param name="rows">The rows in the order wanted; those of one entity from one block ascend.</param>
    /// <param name="superseded">Rows that are superseded from another time on than their block says.</param>
    public static FactBlock Gather(FactBlock[] blocks, ReadOnlySpan<RowRef> rows, IReadOnlyDictionary<RowRef, long>? superseded = null)
    {
        FactBlock shape = blocks[^1];
        int columns = shape.Numbers.Length;
        double[][] numbers = new double[columns][];
        CodeColumn?[] codes = new CodeColumn?[columns];
        bool[] missing = new bool[columns];
        for (int c = 0; c < columns; c++)
        {
            int column = c;
            numbers[c] = Pick(blocks, b => b.Numbers[column], rows);
            missing[c] = Array.Exists(blocks, b => b.MayBeMissing[column]);
            codes[c] = shape.Codes[c] is null ? null : PickCodes(blocks, c, rows);
        }

        FactArrays arrays = new()
        {
            Count = rows.Length,
            EventTicks = Pick(blocks, b => b.EventTicks, rows),
            Sequence = Pick(blocks, b => b.Sequence, rows),
            Numbers = numbers,
            MayBeMissing = missing,
            Codes = codes,
            EventKeys = Pick(blocks, b => b.EventKeys, rows),
        };
        PickVisibility(blocks, rows, superseded, arrays);
        return arrays.ToBlock(shape.Delay);
    }

    private static void PickVisibility(FactBlock[] blocks, ReadOnlySpan<RowRef> rows, IReadOnlyDictionary<RowRef, long>? changed, FactArrays arrays)
    {
        bool changes = changed is { Count: > 0 };
        if (!changes && Array.TrueForAll(blocks, b => b.Known.IsEmpty && b.Exceptions.Length == 0))
        {
            return; // every row follows the rule
        }

        long[] known = new long[rows.Length], superseded = []; // mostly no row is superseded
        int[] next = new int[blocks.Length]; // the exception to look at next, per block
        for (int i = 0; i < rows.Length; i++)
        {
            FactBlock block = blocks[rows[i].Block];
            int row = rows[i].Row;
            known[i] = block.KnownUnlessException(row);
            long until = long.MaxValue;
            if (block.Exceptions.Length != 0 && block.TryFindException(row, ref next[rows[i].Block], out FactException exception))
            {
                (known[i], until) = (exception.Known, exception.Superseded);
            }

            if (changes && changed!.TryGetValue(rows[i], out long other))
            {
                until = other;
            }

            if (until != long.MaxValue && superseded.Length == 0)
            {
                superseded = new long[rows.Length];
                superseded.AsSpan().Fill(long.MaxValue);
            }

            if (superseded.Length != 0)
            {
                superseded[i] = until;
            }
        }

        // A fixed delay tells the known times.
        arrays.Known = blocks[^1].Delay != 0 ? default : KnownTimes.From(known, arrays.EventTicks);
        arrays.Superseded = superseded;
    }

    private static CodeColumn PickCodes(FactBlock[] blocks, int column, ReadOnlySpan<RowRef> rows)
    {
        CodeColumn picked = CodeColumn.OfWidth(blocks.Max(b => b.Codes[column]!.Width), rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            picked.Set(i, blocks[rows[i].Block].Codes[column]![rows[i].Row]);
        }

        return picked;
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
}
