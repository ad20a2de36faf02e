namespace MlSystemDesign.History;

/// <summary>Keys as they are.</summary>
internal sealed class PlainKeyColumn(ReadOnlyMemory<EntityKey> keys) : KeyColumn
{
    public override EntityKey Read(int row, BadRowReason missing, RowDraft draft) => keys.Span[row] is var key && key != default ? key : Missing(missing, draft);
}
