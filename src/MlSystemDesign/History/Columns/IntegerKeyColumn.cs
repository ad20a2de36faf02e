namespace MlSystemDesign.History;

/// <summary>Keys that are integers.</summary>
internal sealed class IntegerKeyColumn(ReadOnlyMemory<long> keys) : KeyColumn
{
    public override EntityKey Read(int row, BadRowReason missing, RowDraft draft) => keys.Span[row];
}
