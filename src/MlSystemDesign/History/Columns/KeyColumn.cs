namespace MlSystemDesign.History;

/// <summary>One key per row.</summary>
internal abstract class KeyColumn
{
    /// <summary>Reads the key of a row.</summary>
    /// <param name="row">The row of the batch.</param>
    /// <param name="missing">The fault when there is none.</param>
    /// <param name="draft">Gets the fault.</param>
    public abstract EntityKey Read(int row, BadRowReason missing, RowDraft draft);

    /// <summary>Returns the key of each row, the default key where it is missing or unreadable.</summary>
    public abstract ReadOnlyMemory<EntityKey> ToKeys();

    /// <summary>Gives each row the id of its entity. A row that is −1 already is left so; one without a usable key gets −1.</summary>
    /// <param name="entities">Gives the ids.</param>
    /// <param name="start">The first row.</param>
    /// <param name="ids">One place per row from there on.</param>
    public abstract void Intern(EntityInterner entities, int start, Span<int> ids);

    protected static EntityKey Missing(BadRowReason missing, RowDraft draft)
    {
        draft.Fail(missing, null, "none");
        return default;
    }
}
