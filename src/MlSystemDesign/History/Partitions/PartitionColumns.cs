using System.Runtime.InteropServices;

namespace MlSystemDesign.History;

/// <summary>The columns of rows as they lie in the file, block by block: as this machine holds them, since the file is read where it was written, and gone after that. Times are in UTC ticks,
/// categories are the source's provisional codes.</summary>
internal sealed class PartitionColumns
{
    private readonly FactBatch _batch;
    private readonly ReadOnlyMemory<long> _events;
    private readonly ReadOnlyMemory<long> _known;
    private readonly int[]?[] _codes;

    public PartitionColumns(FactBatch batch)
    {
        _batch = batch;
        _events = TicksOf(batch.EventTimes, batch.EventScale);
        _known = TicksOf(batch.KnownTimes, batch.KnownScale);
        _codes = Array.ConvertAll(batch.Codes, c => c is null ? null : LevelsOf(c, batch.Count));
    }

    /// <summary>Writes some of the rows; their entities stand in front of them.</summary>
    public void Write(Stream file, ReadOnlySpan<int> rows)
    {
        Put(file, _events.Span, rows);
        Put(file, _known.Span, rows);
        Put(file, _batch.Sequence.Span, rows);
        if (!_batch.EventKeys.IsEmpty)
        {
            StoredKeys.Write(file, Pick(_batch.EventKeys.Span, rows));
            file.WriteByte(_batch.Retracted.IsEmpty ? (byte)0 : (byte)1); // one part of the source may have retractions, another none
            Put(file, _batch.Retracted.Span, rows);
        }

        for (int c = 0; c < _codes.Length; c++)
        {
            Put(file, _batch.Numbers[c].Span, rows);
            Put<int>(file, _codes[c], rows);
        }
    }

    /// <summary>Reads blocks of one source.</summary>
    /// <param name="file">The file.</param>
    /// <param name="form">The columns of the source.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="idOf">Gives the entity of a foreign row its id; the others have the places of their entities in the partition.</param>
    public static FactBatch Read(FileStream file, SourceColumns form, IReadOnlyList<PartitionBlock> blocks, Func<EntityKey, int> idOf)
    {
        int count = checked(blocks.Sum(b => b.Count));
        int[] entities = new int[count];
        long[] events = new long[count], known = new long[form.HasKnownTime ? count : 0], sequence = new long[form.HasSequence ? count : 0];
        EntityKey[] eventKeys = new EntityKey[form.HasEventKey ? count : 0];
        bool[] retracted = new bool[form.HasRetracted ? count : 0];
        double[][] numbers = [.. form.Columns.Select(c => new double[c.Kind == ColumnKind.Number ? count : 0])];
        int[][] codes = [.. form.Columns.Select(c => new int[c.Kind == ColumnKind.Category ? count : 0])];
        int start = 0;
        foreach (PartitionBlock block in blocks)
        {
            file.Position = block.Offset;
            if (block.IsForeign)
            {
                Array.ConvertAll(StoredKeys.Read(file, block.Count), new Converter<EntityKey, int>(idOf)).CopyTo(entities, start);
            }
            else
            {
                Get(file, entities, start, block.Count);
            }

            Get(file, events, start, block.Count);
            Get(file, known, start, block.Count);
            Get(file, sequence, start, block.Count);
            if (form.HasEventKey)
            {
                StoredKeys.Read(file, block.Count).CopyTo(eventKeys, start);
                if (file.ReadByte() == 1)
                {
                    Get(file, retracted, start, block.Count);
                }
            }

            for (int c = 0; c < numbers.Length; c++)
            {
                Get(file, numbers[c], start, block.Count);
                Get(file, codes[c], start, block.Count);
            }

            start += block.Count;
        }

        BatchEvidence evidence = new(count);
        evidence.Add(new SpanEvidence(), 0, entities, events, known, default);
        return new FactBatch
        {
            Count = count,
            Entities = entities,
            EventTimes = events,
            KnownTimes = known,
            Sequence = sequence,
            EventKeys = eventKeys,
            Retracted = retracted,
            Apart = evidence.Apart,
            Numbers = [.. numbers.Select(n => (ReadOnlyMemory<double>)n)],
            HasMissing = [.. numbers.Select(n => ColumnScan.HasNaN(n))],
            Codes = [.. codes.Select((c, i) => form.Columns[i].Kind == ColumnKind.Category ? new CodeBatch(default, c, null) : null)],
        };
    }

    public static T[] Pick<T>(ReadOnlySpan<T> column, ReadOnlySpan<int> rows)
    {
        T[] picked = new T[rows.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = column[rows[i]];
        }

        return picked;
    }

    private static ReadOnlyMemory<long> TicksOf(ReadOnlyMemory<long> times, TickScale scale)
    {
        if (times.IsEmpty || scale == TickScale.Ticks)
        {
            return times;
        }

        long[] ticks = new long[times.Length];
        scale.ToTicks(times.Span, ticks);
        return ticks;
    }

    private static int[] LevelsOf(CodeBatch batch, int count)
    {
        int[] levels = new int[count];
        for (int row = 0; row < count; row++)
        {
            int code = !batch.Wide.IsEmpty ? batch.Wide.Span[row] : batch.Small.Span[row] == byte.MaxValue ? -1 : batch.Small.Span[row];
            levels[row] = code < 0 || batch.LevelOf is null ? code : code < batch.LevelOf.Length ? batch.LevelOf[code] : -1;
        }

        return levels;
    }

    private static void Put<T>(Stream file, ReadOnlySpan<T> column, ReadOnlySpan<int> rows)
        where T : unmanaged
    {
        if (!column.IsEmpty)
        {
            file.Write(MemoryMarshal.AsBytes<T>(Pick(column, rows)));
        }
    }

    private static void Get<T>(FileStream file, T[] column, int start, int count)
        where T : unmanaged
    {
        if (column.Length > 0)
        {
            file.ReadExactly(MemoryMarshal.AsBytes(column.AsSpan(start, count)));
        }
    }
}
