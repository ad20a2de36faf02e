namespace MlSystemDesign.History;

/// <summary>Categories as texts.</summary>
internal sealed class TextValueColumn(string name, IReadOnlyList<string?> texts) : ValueColumn(new SourceColumn(name, ColumnKind.Category))
{
    public override void Read(int row, int place, RowDraft draft) => draft.Texts[place] = texts[row];
}
