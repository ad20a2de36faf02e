using System.Collections.Concurrent;
using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>What an online engine knows of a source beside its facts: the texts behind codes, and the versions of events. Safe for concurrent use.</summary>
internal sealed class OnlineSource
{
    private readonly ConcurrentDictionary<string, int>?[] _codeOf;
    private readonly Lock _textLock = new();
    private volatile string[]?[] _levels;

    internal OnlineSource(SourceSchema schema, ColumnPools pools)
    {
        Schema = schema;
        Pools = pools;
        Delay = schema.HasKnownTime ? 0 : schema.KnownAfter.Ticks;
        NumberColumns = [.. Positions(schema, ColumnKind.Number)];
        CategoryColumns = [.. Positions(schema, ColumnKind.Category)];
        _codeOf = [.. schema.Columns.Select(c => c.Kind == ColumnKind.Category ? new ConcurrentDictionary<string, int>(StringComparer.Ordinal) : null)];
        _levels = [.. schema.Columns.Select(c => c.Kind == ColumnKind.Category ? Array.Empty<string>() : null)];
    }

    internal SourceSchema Schema { get; }

    /// <summary>Gets where columns take their arrays.</summary>
    internal ColumnPools Pools { get; }

    /// <summary>Gets how long after they happened facts are known, in ticks; 0 where known times tell.</summary>
    internal long Delay { get; }

    /// <summary>Gets the positions of the number columns.</summary>
    internal int[] NumberColumns { get; }

    /// <summary>Gets the positions of the category columns.</summary>
    internal int[] CategoryColumns { get; }

    /// <summary>Gets, per column, the texts behind the codes, in the order in which they came; an array that is never changed.</summary>
    internal string[]?[] Levels => _levels;

    /// <summary>Gets the versions of each event that has a key. To be read and changed by who holds <see cref="ChainLock"/>.</summary>
    internal Dictionary<EntityKey, EventChain> Chains { get; } = [];

    internal Lock ChainLock { get; } = new();

    /// <summary>Tells whether any version of an event is kept, or may still supersede one, of those that were added before a cut.</summary>
    internal bool HasVersions(EntityKey eventKey, int cut)
    {
        lock (ChainLock)
        {
            return Chains.TryGetValue(eventKey, out EventChain? chain) && chain.Cut <= cut;
        }
    }

    /// <summary>Returns when a row became known, in UTC ticks.</summary>
    internal long KnownOf(in FactRow row) => Schema.HasKnownTime ? row.KnownTime.UtcTicks : FactBlock.KnownByRule(row.Time.UtcTicks, Delay);

    /// <summary>Returns the code of a text; −1 for a missing one.</summary>
    internal int CodeOf(int column, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return -1;
        }

        return _codeOf[column]!.TryGetValue(text, out int code) ? code : Add(column, text);
    }

    /// <summary>Compares two facts of one event time, known time and sequence by their values.</summary>
    /// <returns>Above zero when the first is the greater, which stands before the other.</returns>
    internal int Compare(FactValues a, FactValues b)
    {
        string[]?[] levels = _levels;
        int order = 0;
        for (int c = 0; c < levels.Length && order == 0; c++)
        {
            // In the batch engine codes stand in the order of their texts, here in that of their arrival.
            order = levels[c] is { } texts
                ? string.CompareOrdinal(Text(texts, a.Code(c)), Text(texts, b.Code(c)))
                : a.Number(c).CompareTo(b.Number(c));
        }

        return order;
    }

    private static string? Text(string[] texts, int code) => code < 0 ? null : texts[code];

    private static IEnumerable<int> Positions(SourceSchema schema, ColumnKind kind) => Enumerable.Range(0, schema.Columns.Count).Where(c => schema.Columns[c].Kind == kind);

    private int Add(int column, string text)
    {
        lock (_textLock)
        {
            if (_codeOf[column]!.TryGetValue(text, out int code))
            {
                return code;
            }

            string[]?[] levels = [.. _levels];
            code = levels[column]!.Length;
            levels[column] = [.. levels[column]!, text];
            _levels = levels; // before anyone can have the code
            _codeOf[column]![text] = code;
            return code;
        }
    }
}
