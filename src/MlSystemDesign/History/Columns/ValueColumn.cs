namespace MlSystemDesign.History;

/// <summary>One value per row.</summary>
internal abstract class ValueColumn(SourceColumn column)
{
    public SourceColumn Column { get; } = column;

    /// <summary>Reads the value of a row.</summary>
    /// <param name="row">The row of the batch.</param>
    /// <param name="place">The position of the column in the schema.</param>
    /// <param name="draft">Gets the value, or the fault.</param>
    public abstract void Read(int row, int place, RowDraft draft);
}
