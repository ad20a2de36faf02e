using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>Keys as codes into a dictionary.</summary>
internal sealed class DictionaryKeyColumn(ReadOnlyMemory<int> codes, IReadOnlyList<EntityKey> keys) : KeyColumn
{
    public override EntityKey Read(int row, BadRowReason missing, RowDraft draft)
    {
        int code = codes.Span[row];
        if (code >= keys.Count)
        {
            draft.Fail(BadRowReason.EntityUnreadable, null, string.Create(CultureInfo.InvariantCulture, $"code {code} into a dictionary of {keys.Count} keys"));
            return default;
        }

        return code >= 0 && keys[code] is var key && key != default ? key : Missing(missing, draft);
    }

    public override ReadOnlyMemory<EntityKey> ToKeys()
    {
        EntityKey[] all = new EntityKey[codes.Length];
        for (int row = 0; row < all.Length; row++)
        {
            int code = codes.Span[row];
            all[row] = (uint)code < (uint)keys.Count ? keys[code] : default;
        }

        return all;
    }

    public override void Intern(EntityInterner entities, int start, Span<int> ids)
    {
        ReadOnlySpan<int> part = codes.Span.Slice(start, ids.Length);
        Dictionary<int, int> idOf = []; // a dictionary may be larger than a part of the rows
        for (int i = 0; i < ids.Length; i++)
        {
            int code = part[i];
            if (ids[i] < 0 || (uint)code >= (uint)keys.Count)
            {
                ids[i] = -1;
                continue;
            }

            if (!idOf.TryGetValue(code, out ids[i]))
            {
                ids[i] = keys[code] != default && entities.TryGetId(keys[code], out int id) ? id : -1;
                idOf.Add(code, ids[i]);
            }
        }
    }
}
