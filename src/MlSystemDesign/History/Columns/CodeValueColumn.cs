using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>Categories as codes into a dictionary.</summary>
internal sealed class CodeValueColumn : ValueColumn
{
    private readonly ReadOnlyMemory<int> _codes;
    private readonly IReadOnlyList<string> _levels;

    public CodeValueColumn(string name, ReadOnlyMemory<int> codes, IReadOnlyList<string> levels)
        : base(new SourceColumn(name, ColumnKind.Category))
    {
        ArgumentNullException.ThrowIfNull(levels);
        _codes = codes;
        _levels = levels;
    }

    public override void Read(int row, int place, RowDraft draft) => draft.Texts[place] = TextOf(_codes.Span[row], _levels, Column.Name, draft);

    /// <summary>Returns the text behind a code; <see langword="null"/> when it is negative or there is none, which fails the row.</summary>
    public static string? TextOf(int code, IReadOnlyList<string> levels, string column, RowDraft draft)
    {
        if (code >= levels.Count)
        {
            draft.Fail(BadRowReason.CategoryUnreadable, column, string.Create(CultureInfo.InvariantCulture, $"code {code} into a dictionary of {levels.Count} texts"));
            return null;
        }

        return code < 0 ? null : levels[code];
    }
}
