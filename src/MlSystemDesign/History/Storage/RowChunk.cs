namespace MlSystemDesign.History;

/// <summary>Room for rows that come one by one.</summary>
internal sealed class RowChunk
{
    private readonly int[] _entities;
    private readonly long[] _eventTicks;
    private readonly long[] _knownTicks;
    private readonly long[] _superseded;
    private readonly long[] _sequence;
    private readonly EntityKey[] _eventKeys;
    private readonly bool[] _retracted;
    private readonly double[][] _numbers;
    private readonly bool[] _hasMissing;
    private readonly byte[][] _small;
    private readonly int[][] _wide;
    private List<ApartRow>? _apart;
    private int _count;

    public RowChunk(SourceColumns form, int capacity)
    {
        Capacity = capacity;
        _entities = new int[capacity];
        _eventTicks = new long[capacity];
        _knownTicks = new long[form.HasKnownTime ? capacity : 0];
        _superseded = new long[form.HasSuperseded ? capacity : 0];
        _sequence = new long[form.HasSequence ? capacity : 0];
        _eventKeys = new EntityKey[form.HasEventKey ? capacity : 0];
        _retracted = new bool[form.HasRetracted ? capacity : 0];
        _apart = form.HasKnownTime && !form.HasSuperseded ? [] : null;
        _numbers = [.. form.Columns.Select(c => new double[c.Kind == ColumnKind.Number ? capacity : 0])];
        _hasMissing = new bool[_numbers.Length];
        _small = [.. form.Columns.Select(c => new byte[c.Kind == ColumnKind.Category ? capacity : 0])];
        _wide = new int[_numbers.Length][];
    }

    public int Capacity { get; }

    public bool IsFull => _count == Capacity;

    /// <summary>Starts a row; every column must be set next.</summary>
    public void Begin(int entity, in RowClocks clocks, EntityKey eventKey, bool retracted)
    {
        int row = _count++;
        _entities[row] = entity;
        _eventTicks[row] = clocks.EventTicks;
        Put(_knownTicks, row, clocks.KnownTicks);
        if (_apart is not null && clocks.KnownTicks != clocks.EventTicks)
        {
            _apart.Add(new ApartRow(row, clocks.KnownTicks));
        }

        Put(_superseded, row, clocks.Superseded);
        Put(_sequence, row, clocks.Sequence);
        Put(_eventKeys, row, eventKey);
        Put(_retracted, row, retracted);
    }

    public void SetNumber(int column, double value)
    {
        _numbers[column][_count - 1] = value;
        _hasMissing[column] |= double.IsNaN(value);
    }

    public void SetCode(int column, int code)
    {
        if (_wide[column] is { } wide)
        {
            wide[_count - 1] = code;
        }
        else if (code < byte.MaxValue)
        {
            _small[column][_count - 1] = code < 0 ? byte.MaxValue : (byte)code;
        }
        else
        {
            _wide[column] = wide = new int[Capacity];
            for (int row = 0; row < _count; row++)
            {
                wide[row] = _small[column][row] == byte.MaxValue ? -1 : _small[column][row];
            }

            wide[_count - 1] = code;
            _small[column] = [];
        }
    }

    public FactBatch ToBatch() => new()
    {
        Count = _count,
        Entities = _entities,
        EventTimes = Taken(_eventTicks),
        KnownTimes = Taken(_knownTicks),
        Apart = _apart is null || ApartRow.AreMany(_apart.Count, _count) ? null : _apart,
        Superseded = Taken(_superseded),
        Sequence = Taken(_sequence),
        EventKeys = Taken(_eventKeys),
        Retracted = Taken(_retracted),
        Numbers = [.. _numbers.Select(Taken)],
        HasMissing = _hasMissing,
        Codes = [.. _numbers.Select((n, c) => n.Length != 0 ? null : new CodeBatch(Taken(_small[c]), Taken(_wide[c] ?? []), null))],
    };

    private static void Put<T>(T[] column, int row, T value)
    {
        if (column.Length != 0)
        {
            column[row] = value;
        }
    }

    private ReadOnlyMemory<T> Taken<T>(T[] column) => column.Length == 0 ? default : column.AsMemory(0, _count);
}
