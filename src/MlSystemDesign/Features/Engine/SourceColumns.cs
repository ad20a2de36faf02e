namespace MlSystemDesign.Features;

/// <summary>The columns of a source, with those that the plan derives behind them.</summary>
internal sealed class SourceColumns
{
    private readonly SourceSchema _all;

    internal SourceColumns(SourceSchema source, FeaturePlan plan)
    {
        _all = plan.WithDerived(source);
        Derived = [.. plan.DerivedColumns.Where(d => string.Equals(d.Source, source.Name, StringComparison.Ordinal)).Select((d, i) => Bind(d, source.Columns.Count + i))];
    }

    internal IReadOnlyList<DerivedNumbers> Derived { get; }

    /// <summary>Finds a column.</summary>
    /// <returns>Its place; −1 when there is none.</returns>
    internal int IndexOf(string name) => _all.IndexOf(name);

    internal ColumnKind KindOf(int column) => _all.Columns[column].Kind;

    private DerivedNumbers Bind(DerivedColumn derived, int column)
    {
        Arithmetic arithmetic = Arithmetic.Parse(derived.Expression);
        return new DerivedNumbers(arithmetic, [.. arithmetic.Names.Select(IndexOf)], column);
    }
}
