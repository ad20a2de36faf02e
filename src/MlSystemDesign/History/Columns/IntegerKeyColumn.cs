namespace MlSystemDesign.History;

/// <summary>Keys that are integers.</summary>
internal sealed class IntegerKeyColumn(ReadOnlyMemory<long> keys) : KeyColumn
{
    public override EntityKey Read(int row, BadRowReason missing, RowDraft draft) => keys.Span[row];

    public override ReadOnlyMemory<EntityKey> ToKeys()
    {
        EntityKey[] all = new EntityKey[keys.Length];
        for (int row = 0; row < all.Length; row++)
        {
            all[row] = keys.Span[row];
        }

        return all;
    }

    public override void Intern(EntityInterner entities, int start, Span<int> ids) => entities.Intern(keys.Span.Slice(start, ids.Length), ids);
}
