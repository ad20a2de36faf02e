namespace MlSystemDesign.Features;

/// <summary>The columns of a source, with those that the plan derives behind them.</summary>
internal sealed class SourceColumns
{
    private readonly SourceSchema _source;
    private readonly List<string> _derivedNames = [];

    internal SourceColumns(SourceSchema source, IEnumerable<DerivedColumn> derived)
    {
        _source = source;
        List<DerivedNumbers> columns = [];
        foreach (DerivedColumn column in derived.Where(d => string.Equals(d.Source, source.Name, StringComparison.Ordinal)))
        {
            Arithmetic arithmetic = Arithmetic.Parse(column.Expression);
            columns.Add(new DerivedNumbers(arithmetic, [.. arithmetic.Names.Select(IndexOf)], source.Columns.Count + columns.Count));
            _derivedNames.Add(column.Name);
        }

        Derived = columns;
    }

    internal IReadOnlyList<DerivedNumbers> Derived { get; }

    /// <summary>Finds a column.</summary>
    /// <returns>Its place; −1 when there is none.</returns>
    internal int IndexOf(string name) => _source.IndexOf(name) is int own and >= 0 ? own
        : _derivedNames.IndexOf(name) is int derived and >= 0 ? _source.Columns.Count + derived
        : -1;

    internal ColumnKind KindOf(int column) => column < _source.Columns.Count ? _source.Columns[column].Kind : ColumnKind.Number;
}
