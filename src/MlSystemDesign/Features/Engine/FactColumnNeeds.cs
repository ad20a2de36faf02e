namespace MlSystemDesign.Features;

/// <summary>Which columns of a source a plan reads. Derived columns stand behind the source's own.</summary>
internal sealed class FactColumnNeeds
{
    internal FactColumnNeeds(SourceSchema source, IEnumerable<int> columns, IReadOnlyList<DerivedNumbers> derived)
    {
        int own = source.Columns.Count;
        ColumnCount = own + derived.Count;
        HashSet<int> wanted = [.. columns];
        for (int d = derived.Count - 1; d >= 0; d--)
        {
            // A derived column may read those derived before it.
            if (wanted.Contains(derived[d].Column))
            {
                wanted.UnionWith(derived[d].Operands);
            }
        }

        Derived = [.. derived.Where(d => wanted.Contains(d.Column))];
        Numbers = [.. wanted.Where(c => c < own && source.Columns[c].Kind == ColumnKind.Number).Order()];
        Codes = [.. wanted.Where(c => c < own && source.Columns[c].Kind == ColumnKind.Category).Order()];
        AllNumbers = [.. Numbers, .. Derived.Select(d => d.Column)];
    }

    internal int ColumnCount { get; }

    /// <summary>Gets the number columns of the source.</summary>
    internal int[] Numbers { get; }

    /// <summary>Gets the number columns, derived ones included.</summary>
    internal int[] AllNumbers { get; }

    internal int[] Codes { get; }

    internal DerivedNumbers[] Derived { get; }
}
