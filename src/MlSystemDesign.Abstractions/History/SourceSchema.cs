namespace MlSystemDesign;

/// <summary>The type of a column.</summary>
public enum ColumnKind
{
    /// <summary>A number: double; NaN means missing.</summary>
    Number,

    /// <summary>A category: text, held as an int32 code into a dictionary; −1 means missing.</summary>
    Category,
}

/// <summary>What a source holds.</summary>
public enum SourceKind
{
    /// <summary>Things that happened at an instant.</summary>
    Events,

    /// <summary>Properties of an entity; the newest visible row holds. Undated rows hold from the beginning of time.</summary>
    Attributes,
}

/// <summary>A value column of a source.</summary>
/// <param name="Name">Unique within the source.</param>
/// <param name="Kind">Number or category.</param>
/// <param name="Unit">The unit, such as "EUR"; <see langword="null"/> when it has none.</param>
public sealed record SourceColumn(string Name, ColumnKind Kind, string? Unit = null);

/// <summary>What is known of one source of facts: its columns and its clock.</summary>
public sealed record SourceSchema
{
    /// <summary>Gets the name, unique within the history, such as "purchases".</summary>
    public required string Name { get; init; }

    /// <summary>Gets what it holds.</summary>
    public SourceKind Kind { get; init; } = SourceKind.Events;

    /// <summary>Gets the value columns, in order.</summary>
    public required IReadOnlyList<SourceColumn> Columns { get; init; }

    /// <summary>Gets the span that the source has watched. Outside of it silence means nothing: a label window that ends after it is immature.</summary>
    public required TimeWindow Observed { get; init; }

    /// <summary>Gets the fixed delay after which a fact is known, when the source has no known-time column. Zero by default.</summary>
    public TimeSpan KnownAfter { get; init; }

    /// <summary>Gets a value indicating whether each fact carries its own known time.</summary>
    public bool HasKnownTime { get; init; }

    /// <summary>Gets a value indicating whether each fact carries a sequence number, which orders facts of one event and known time.</summary>
    public bool HasSequence { get; init; }

    /// <summary>Finds a column.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its position, or −1.</returns>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
