using System.Collections;
using System.Collections.Frozen;

namespace MlSystemDesign;

/// <summary>The columns of a feature table, in order.</summary>
public sealed class FeatureSchema : IReadOnlyList<FeatureColumn>
{
    private readonly FeatureColumn[] _columns;
    private readonly FrozenDictionary<string, int> _indexOf;

    /// <summary>Creates a schema.</summary>
    /// <param name="columns">The columns; names are unique.</param>
    /// <exception cref="PlanException">A name occurs twice, or is empty.</exception>
    public FeatureSchema(IEnumerable<FeatureColumn> columns)
    {
        _columns = [.. columns];
        List<string> faults = [];
        foreach (IGrouping<string, FeatureColumn> same in _columns.GroupBy(c => c.Name, StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(same.Key))
            {
                faults.Add("Every feature must have a name. Got an empty one. Name it.");
            }
            else if (same.Count() > 1)
            {
                faults.Add($"Feature names must be unique. Got '{same.Key}' {same.Count()} times. Rename one.");
            }
        }

        if (faults.Count > 0)
        {
            throw new PlanException("Feature schema", faults);
        }

        _indexOf = _columns.Select((c, i) => KeyValuePair.Create(c.Name, i)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Gets the number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>Gets a column.</summary>
    /// <param name="index">From 0.</param>
    public FeatureColumn this[int index] => _columns[index];

    /// <summary>Finds a column.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its position, or −1.</returns>
    public int IndexOf(string name) => _indexOf.TryGetValue(name, out int index) ? index : -1;

    /// <summary>Finds a column that must exist.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such column; the message lists those that exist.</exception>
    public int Require(string name)
    {
        int index = IndexOf(name);
        return index >= 0
            ? index
            : throw new ArgumentException($"The column must be one of the table. Got '{name}'. Use one of: {string.Join(", ", _columns.Select(c => c.Name))}.", nameof(name));
    }

    /// <inheritdoc/>
    public IEnumerator<FeatureColumn> GetEnumerator() => ((IEnumerable<FeatureColumn>)_columns).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
