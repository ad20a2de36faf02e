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
}
