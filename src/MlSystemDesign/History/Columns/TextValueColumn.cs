namespace MlSystemDesign.History;

/// <summary>Categories as texts.</summary>
internal sealed class TextValueColumn(string name, IReadOnlyList<string?> texts) : ValueColumn(new SourceColumn(name, ColumnKind.Category))
{
    public override void Read(int row, int place, RowDraft draft) => draft.Texts[place] = texts[row];

    public override CodeBatch ToCodes(ReadOnlySpan<int> ids, LevelInterner levels)
    {
        int[] codes = new int[ids.Length];
        string? last = null;
        int lastCode = -1;
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] >= 0 && !ReferenceEquals(texts[i], last))
            {
                last = texts[i];
                lastCode = levels.CodeOf(last);
            }

            codes[i] = ids[i] < 0 ? -1 : lastCode;
        }

        return new CodeBatch(default, codes, null);
    }
}
