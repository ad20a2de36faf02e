namespace MlSystemDesign.Leakage;

/// <summary>Facts of one entity from one source that are about to become a <see cref="FactTable"/>; in any order.</summary>
internal sealed class FactDraft
{
    private readonly FactTable _original;
    private readonly List<long> _eventTicks = [];
    private readonly List<long> _knownTicks = [];
    private readonly List<long> _sequence = [];
    private readonly List<long> _superseded = [];
    private readonly List<double>[] _numbers;
    private readonly List<int>[] _codes;

    internal FactDraft(FactTable original)
    {
        _original = original;
        _numbers = [.. Schema.Columns.Select(_ => new List<double>())];
        _codes = [.. Schema.Columns.Select(_ => new List<int>())];
    }

    internal SourceSchema Schema => _original.Schema;

    /// <summary>Copies a fact.</summary>
    internal void Copy(int index) => Add(
        _original.EventTicks.Span[index],
        _original.KnownTickAt(index),
        _original.Sequence.IsEmpty ? 0 : _original.Sequence.Span[index],
        _original.SupersededTickAt(index),
        c => _original.Numbers(c)[index],
        c => _original.Codes(c)[index]);

    /// <summary>Copies a fact with every value changed: each number to another one, each category to another level or, where there is no other, to missing.</summary>
    internal void CopyChanged(int index) => Add(
        _original.EventTicks.Span[index],
        _original.KnownTickAt(index),
        _original.Sequence.IsEmpty ? 0 : _original.Sequence.Span[index],
        _original.SupersededTickAt(index),
        c => Changed(_original.Numbers(c)[index], index),
        c => Changed(_original.Codes(c)[index], _original.Levels[c]?.Count ?? 0));

    /// <summary>Adds a fact that never was.</summary>
    /// <param name="eventTicks">When it is said to have happened.</param>
    /// <param name="knownTicks">When it is said to have become known; ignored where the source has a fixed delay.</param>
    /// <param name="template">Gives the values, column by column.</param>
    internal void Invent(long eventTicks, long knownTicks, FactTemplate template) =>
        Add(eventTicks, knownTicks, long.MaxValue - _eventTicks.Count, long.MaxValue, c => template.Numbers[c], c => template.Codes[c]);

    internal FactTable ToTable()
    {
        int[] order = [.. Enumerable.Range(0, _eventTicks.Count).OrderByDescending(i => _eventTicks[i]).ThenByDescending(i => _knownTicks[i])];
        return new FactTable(
            Schema,
            Ordered(_eventTicks, order),
            Schema.HasKnownTime ? Ordered(_knownTicks, order) : default,
            [.. _numbers.Select((n, c) => Schema.Columns[c].Kind == ColumnKind.Number ? (ReadOnlyMemory<double>)Ordered(n, order) : default)],
            [.. _codes.Select((n, c) => Schema.Columns[c].Kind == ColumnKind.Category ? (ReadOnlyMemory<int>)Ordered(n, order) : default)],
            [.. _original.Levels],
            Schema.HasSequence ? Ordered(_sequence, order) : default,
            _original.SupersededTicks.IsEmpty ? default : Ordered(_superseded, order));
    }

    private static double Changed(double value, int index) => double.IsNaN(value) ? 1234.5 + index : 987.25 + index - (1.5 * value);

    private static int Changed(int code, int levels) => levels < 2 ? (code < 0 ? levels - 1 : -1) : (code + 1) % levels;

    private static T[] Ordered<T>(List<T> values, int[] order) => [.. order.Select(i => values[i])];

    private void Add(long eventTicks, long knownTicks, long sequence, long superseded, Func<int, double> number, Func<int, int> code)
    {
        _eventTicks.Add(eventTicks);
        _knownTicks.Add(knownTicks);
        _sequence.Add(sequence);
        _superseded.Add(superseded);
        for (int c = 0; c < _numbers.Length; c++)
        {
            if (Schema.Columns[c].Kind == ColumnKind.Number)
            {
                _numbers[c].Add(number(c));
            }
            else
            {
                _codes[c].Add(code(c));
            }
        }
    }
}

/// <summary>The values of a fact: per column of the source a number or a code.</summary>
internal sealed record FactTemplate(double[] Numbers, int[] Codes);
