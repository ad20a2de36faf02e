namespace MlSystemDesign.History;

/// <summary>Keys as they are.</summary>
internal sealed class PlainKeyColumn(ReadOnlyMemory<EntityKey> keys) : KeyColumn
{
    public override EntityKey Read(int row, BadRowReason missing, RowDraft draft) => keys.Span[row] is var key && key != default ? key : Missing(missing, draft);

    public override ReadOnlyMemory<EntityKey> ToKeys() => keys;

    public override void Intern(EntityInterner entities, int start, Span<int> ids)
    {
        ReadOnlySpan<EntityKey> part = keys.Span.Slice(start, ids.Length);
        EntityKey last = default;
        int lastId = -1;
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] >= 0 && part[i] != last)
            {
                last = part[i];
                lastId = last != default && entities.TryGetId(last, out int id) ? id : -1;
            }

            ids[i] = ids[i] < 0 ? -1 : lastId;
        }
    }
}
