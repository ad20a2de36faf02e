namespace MlSystemDesign.History;

/// <summary>Keys that are texts.</summary>
internal sealed class TextKeyColumn(IReadOnlyList<string?> keys) : KeyColumn
{
    public override EntityKey Read(int row, BadRowReason missing, RowDraft draft) =>
        keys[row] is { } text && !string.IsNullOrWhiteSpace(text) ? new EntityKey(text) : Missing(missing, draft);
}
