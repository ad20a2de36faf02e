using System.Runtime.CompilerServices;

namespace MlSystemDesign.History;

/// <summary>Categories as small codes into a dictionary.</summary>
internal sealed class ByteValueColumn : ValueColumn
{
    /// <summary>The code that stands for a missing value.</summary>
    public const byte Missing = byte.MaxValue;

    private readonly ReadOnlyMemory<byte> _codes;
    private readonly IReadOnlyList<string> _levels;

    public ByteValueColumn(string name, ReadOnlyMemory<byte> codes, IReadOnlyList<string> levels)
        : base(new SourceColumn(name, ColumnKind.Category))
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count > Missing)
        {
            throw new ArgumentException($"Codes of one byte must have at most 255 texts, because 255 is missing. Got {levels.Count} in '{name}'. Pass codes of 4 bytes.", nameof(levels));
        }

        _codes = codes;
        _levels = levels;
    }

    public override void Read(int row, int place, RowDraft draft)
    {
        byte code = _codes.Span[row];
        draft.Texts[place] = CodeValueColumn.TextOf(code == Missing ? -1 : code, _levels, Column.Name, draft);
    }

    public override void Mark(int start, Span<int> ids)
    {
        ReadOnlySpan<byte> codes = _codes.Span.Slice(start, ids.Length);
        if (_levels.Count == Missing || !codes.ContainsAnyInRange((byte)_levels.Count, (byte)(Missing - 1)))
        {
            return;
        }

        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = codes[i] != Missing && codes[i] >= _levels.Count ? -1 : ids[i];
        }
    }

    public override CodeBatch ToCodes(ReadOnlySpan<int> ids, LevelInterner levels)
    {
        bool[] isUsed = new bool[byte.MaxValue + 1];
        for (int start = 0; start < ids.Length && isUsed.AsSpan(0, _levels.Count).Contains(false); start += CodeValueColumn.RowsPerLook)
        {
            int count = Math.Min(CodeValueColumn.RowsPerLook, ids.Length - start);
            MarkUsed(_codes.Span.Slice(start, count), ids.Slice(start, count), isUsed);
        }

        return new CodeBatch(_codes, default, CodeValueColumn.LevelsOf(_levels, isUsed, levels));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MarkUsed(ReadOnlySpan<byte> codes, ReadOnlySpan<int> ids, bool[] isUsed)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            isUsed[codes[i]] |= ids[i] >= 0;
        }
    }
}
