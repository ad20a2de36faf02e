namespace MlSystemDesign.History;

/// <summary>Keys that are texts.</summary>
internal sealed class TextKeyColumn(IReadOnlyList<string?> keys) : KeyColumn
{
    public override EntityKey Read(int row, BadRowReason missing, RowDraft draft) =>
        keys[row] is { } text && !string.IsNullOrWhiteSpace(text) ? new EntityKey(text) : Missing(missing, draft);

    public override ReadOnlyMemory<EntityKey> ToKeys() => keys.Select(text => string.IsNullOrWhiteSpace(text) ? default : new EntityKey(text)).ToArray();

    public override void Intern(EntityInterner entities, int start, Span<int> ids)
    {
        string? last = null;
        int lastId = -1;
        for (int i = 0; i < ids.Length; i++)
        {
            string? text = keys[start + i];
            if (!ReferenceEquals(text, last) || text is null)
            {
                last = text;
                lastId = ids[i] >= 0 && !string.IsNullOrWhiteSpace(text) && entities.TryGetId(new EntityKey(text), out int id) ? id : -1;
                last = ids[i] < 0 ? null : last; // a row that is bad already names no entity
            }

            ids[i] = ids[i] < 0 ? -1 : lastId;
        }
    }
}
