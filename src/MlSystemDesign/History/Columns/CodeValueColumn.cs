using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MlSystemDesign.History;

/// <summary>Categories as codes into a dictionary.</summary>
internal sealed class CodeValueColumn : ValueColumn
{
    /// <summary>Mostly the first rows use every text; then the others need no look.</summary>
    public const int RowsPerLook = 1 << 12;

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

    public override void Mark(int start, Span<int> ids)
    {
        ReadOnlySpan<int> codes = _codes.Span.Slice(start, ids.Length);
        if (codes.IsEmpty || TensorPrimitives.Max(codes) < _levels.Count)
        {
            return;
        }

        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = codes[i] >= _levels.Count ? -1 : ids[i];
        }
    }

    public override CodeBatch ToCodes(ReadOnlySpan<int> ids, LevelInterner levels)
    {
        bool[] isUsed = new bool[_levels.Count];
        for (int start = 0; start < ids.Length && isUsed.Contains(false); start += RowsPerLook)
        {
            int count = Math.Min(RowsPerLook, ids.Length - start);
            MarkUsed(_codes.Span.Slice(start, count), ids.Slice(start, count), isUsed);
        }

        return new CodeBatch(default, _codes, LevelsOf(_levels, isUsed, levels));
    }

    /// <summary>Returns the source's code of each text that is used, −1 for the others.</summary>
    public static int[] LevelsOf(IReadOnlyList<string> texts, bool[] isUsed, LevelInterner levels)
    {
        int[] levelOf = new int[texts.Count];
        for (int code = 0; code < levelOf.Length; code++)
        {
            levelOf[code] = isUsed[code] ? levels.CodeOf(texts[code]) : -1;
        }

        return levelOf;
    }

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MarkUsed(ReadOnlySpan<int> codes, ReadOnlySpan<int> ids, bool[] isUsed)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] >= 0 && (uint)codes[i] < (uint)isUsed.Length)
            {
                isUsed[codes[i]] = true;
            }
        }
    }
}
