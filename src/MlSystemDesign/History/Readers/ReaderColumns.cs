using System.Data;

namespace MlSystemDesign.History;

/// <summary>Finds columns of a reader by name.</summary>
internal sealed class ReaderColumns
{
    private readonly IDataRecord _record;
    private readonly string _source;
    private readonly string[] _names;
    private readonly HashSet<string> _missingTexts;

    public ReaderColumns(IDataRecord record, string source, IEnumerable<string> missingTexts)
    {
        _record = record;
        _source = source;
        _names = [.. Enumerable.Range(0, record.FieldCount).Select(record.GetName)];
        _missingTexts = new HashSet<string>(missingTexts, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Finds a column.</summary>
    /// <exception cref="DataFormatException">There is none, or there are several; the message lists those that exist.</exception>
    public ReaderField this[string name]
    {
        get
        {
            int ordinal = Array.IndexOf(_names, name);
            if (ordinal < 0)
            {
                throw new DataFormatException(
                    $"A mapped column must exist. Got '{name}' for source '{_source}'. Use one of: {string.Join(", ", _names)}.", column: name);
            }

            return Array.LastIndexOf(_names, name) == ordinal
                ? new ReaderField(ordinal, name, _record.GetFieldType(ordinal), _missingTexts)
                : throw new DataFormatException(
                    $"A mapped column must occur once. Got '{name}' {_names.Count(n => string.Equals(n, name, StringComparison.Ordinal))} times in source '{_source}'. Rename one of them in the file or query.",
                    column: name);
        }
    }

    /// <summary>Finds columns.</summary>
    public ReaderField[] All(IEnumerable<string> names) => [.. names.Select(n => this[n])];
}
