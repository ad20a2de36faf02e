using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Rows of one source while they are read, in the order in which they come.</summary>
internal sealed class SourceBuffer
{
    private readonly GrowingArray<int> _entities = new();
    private readonly GrowingArray<long> _eventTicks = new();
    private readonly GrowingArray<long>? _knownTicks;
    private readonly GrowingArray<long>? _sequence;
    private readonly GrowingArray<EntityKey>? _eventKeys;
    private readonly GrowingArray<double>?[] _numbers;
    private readonly GrowingArray<int>?[] _codes;

    public SourceBuffer(IReadOnlyList<SourceColumn> columns, bool hasKnownTime, bool hasSequence, bool hasEventKeys)
    {
        _knownTicks = hasKnownTime ? new() : null;
        _sequence = hasSequence ? new() : null;
        _eventKeys = hasEventKeys ? new() : null;
        _numbers = [.. columns.Select(c => c.Kind == ColumnKind.Number ? new GrowingArray<double>() : null)];
        _codes = [.. columns.Select(c => c.Kind == ColumnKind.Category ? new GrowingArray<int>() : null)];
    }

    public int Count => _entities.Count;

    public ReadOnlySpan<int> Entities => _entities.Items;

    /// <summary>Starts a row; every column must be added next.</summary>
    public void Begin(int entity, long eventTicks, long knownTicks, long sequence, EntityKey eventKey = default)
    {
        _entities.Add(entity);
        _eventTicks.Add(eventTicks);
        _knownTicks?.Add(knownTicks);
        _sequence?.Add(sequence);
        _eventKeys?.Add(eventKey);
    }

    /// <summary>Adds a number. There is one missing value and one zero: a NaN of any payload is NaN, and −0 is 0.</summary>
    public void AddNumber(int column, double value) => _numbers[column]!.Add(double.IsNaN(value) ? double.NaN : value + 0.0);

    public void AddCode(int column, int code) => _codes[column]!.Add(code);

    /// <summary>Ends the reading: hands the columns over as a block in the order of the input.</summary>
    public FactBlock ToBlock() => new()
    {
        Count = Count,
        EventTicks = _eventTicks.Release(),
        KnownTicks = _knownTicks?.Release() ?? [],
        Sequence = _sequence?.Release() ?? [],
        EventKeys = _eventKeys?.Release() ?? [],
        Numbers = [.. _numbers.Select(n => n?.Release() ?? [])],
        Codes = [.. _codes.Select(c => c?.Release() ?? [])],
    };
}
