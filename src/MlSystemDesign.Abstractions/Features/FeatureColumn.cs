using System.Collections.Frozen;

namespace MlSystemDesign;

/// <summary>A column of a feature table: what it means, where it comes from, what "nothing" looks like.</summary>
public sealed record FeatureColumn
{
    private FrozenDictionary<string, int>? _codeOf;

    /// <summary>Gets the name, unique within the table, such as "amount_sum_30d".</summary>
    public required string Name { get; init; }

    /// <summary>Gets whether it holds numbers or categories.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Gets the unit, such as "EUR" or "d"; <see langword="null"/> when it has none.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets where the value comes from, in words: "sum of amount over 30 d of purchases". Empty for a user's own column.</summary>
    public string Lineage { get; init; } = string.Empty;

    /// <summary>Gets the value of a row for which there is nothing to aggregate: 0 for a count, NaN (missing) for a mean. NaN for a category.</summary>
    public double ValueForNothing { get; init; } = double.NaN;

    /// <summary>Gets the business feature that it belongs to, such as "spending": columns of one group are explained together. The name by default.</summary>
    public string Group { get => field ?? Name; init; }

    /// <summary>Gets the texts behind the codes of a category column, in the order of the codes; empty for a number, and in a schema that was not built yet.</summary>
    public IReadOnlyList<string> Levels
    {
        get;
        init
        {
            field = value;
            _codeOf = null; // A copy made with other levels must not keep the codes of the old ones.
        }
    } = [];

    /// <summary>Finds the code of a level.</summary>
    /// <param name="level">The text, compared ordinally; <see langword="null"/> is missing.</param>
    /// <returns>The code, or −1 for a missing or unseen level.</returns>
    public int CodeOf(string? level)
    {
        _codeOf ??= Levels.Select((text, code) => KeyValuePair.Create(text, code)).ToFrozenDictionary(StringComparer.Ordinal);
        return level is not null && _codeOf.TryGetValue(level, out int code) ? code : -1;
    }

    /// <summary>Tells whether two columns say the same, level by level; whether one was used already makes no difference.</summary>
    /// <param name="other">Another column.</param>
    public bool Equals(FeatureColumn? other) => other is not null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && Kind == other.Kind
        && string.Equals(Unit, other.Unit, StringComparison.Ordinal)
        && string.Equals(Lineage, other.Lineage, StringComparison.Ordinal)
        && ValueForNothing.Equals(other.ValueForNothing)
        && string.Equals(Group, other.Group, StringComparison.Ordinal)
        && Levels.SequenceEqual(other.Levels, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Unit, Levels.Count);
}
