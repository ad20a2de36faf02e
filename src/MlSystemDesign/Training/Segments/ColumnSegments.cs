namespace MlSystemDesign.Training;

/// <summary>The levels of a category column are the segments; missing is none.</summary>
public sealed class ColumnSegments : ISegmentRule
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "segments.column";

    /// <summary>Creates a rule.</summary>
    /// <param name="column">The name of a category column.</param>
    public ColumnSegments(string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        Column = column;
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the name of the column.</summary>
    public string Column { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such column, or it holds numbers.</exception>
    public string?[] SegmentsOf(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string?[] segments = new string?[table.RowCount];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = table.CategoryAt(Column, i);
        }

        return segments;
    }
}
