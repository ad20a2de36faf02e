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

    /// <summary>Gives rows without a usable value −1.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="ids">One place per row from there on.</param>
    public virtual void Mark(int start, Span<int> ids)
    {
    }

    /// <summary>Returns the numbers; nothing for a category column.</summary>
    public virtual ReadOnlyMemory<double> ToNumbers() => default;

    /// <summary>Returns the codes of a category column.</summary>
    /// <param name="ids">The id of each row, −1 for a bad one. Only texts of good rows become levels of the source.</param>
    /// <param name="levels">Gives texts their codes.</param>
    public virtual CodeBatch? ToCodes(ReadOnlySpan<int> ids, LevelInterner levels) => null;
}
