namespace MlSystemDesign.History;

/// <summary>One key per row.</summary>
internal abstract class KeyColumn
{
    /// <summary>Reads the key of a row.</summary>
    /// <param name="row">The row of the batch.</param>
    /// <param name="missing">The fault when there is none.</param>
    /// <param name="draft">Gets the fault.</param>
    public abstract EntityKey Read(int row, BadRowReason missing, RowDraft draft);

    protected static EntityKey Missing(BadRowReason missing, RowDraft draft)
    {
        draft.Fail(missing, null, "none");
        return default;
    }
}
