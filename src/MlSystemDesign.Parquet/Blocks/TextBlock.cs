using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>Texts, as codes into a dictionary.</summary>
/// <param name="name">The column's name.</param>
/// <param name="type">Its type in words.</param>
/// <param name="codes">One per row; negative is missing.</param>
/// <param name="levels">The texts; <see langword="null"/> is missing.</param>
internal sealed class TextBlock(string name, string type, int[] codes, string?[] levels) : ColumnBlock(name, type, codes.Length)
{
    private EntityKey[]? _keys;

    public override EntityKeyKind? KeyKind => EntityKeyKind.Text;

    public int[] Codes => codes;

    public IReadOnlyList<string?> Levels => levels;

    /// <summary>Gets the texts as keys; the default key where one is missing.</summary>
    public IReadOnlyList<EntityKey> Keys => _keys ??= [.. levels.Select(text => text is null ? default : new EntityKey(text))];

    /// <summary>Returns the block with blank texts, and those that stand for nothing, missing.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type in words.</param>
    /// <param name="codes">One per row; negative is missing.</param>
    /// <param name="levels">The texts.</param>
    /// <param name="missingTexts">Those that stand for nothing; <see langword="null"/> keeps every text as it is, blank ones too.</param>
    public static TextBlock Of(string name, string type, int[] codes, IEnumerable<string> levels, IReadOnlySet<string>? missingTexts) =>
        new(name, type, codes, [.. levels.Select(text => missingTexts is not null && (string.IsNullOrWhiteSpace(text) || missingTexts.Contains(text)) ? null : text)]);

    public override bool IsMissing(int row) => codes[row] < 0 || levels[codes[row]] is null;

    public override string TextAt(int row) => levels[codes[row]]!;

    public override void AddCategory(FactColumns batch, string category) => batch.Category(category, codes, [.. levels.Select(text => text ?? string.Empty)]);

    public override void AddTime(FactColumns batch, TimeRole role, string? format)
    {
        RequireValues(batch, BadRowReason.TimeMissing);
        string?[] texts = [.. codes.Select(code => code < 0 ? null : levels[code])];
        _ = role == TimeRole.Event ? batch.Time(texts, format) : batch.KnownTime(texts, format);
    }

    public override ReadOnlyMemory<bool> Flags(FactColumns batch) => FlagsOfTexts(batch);

    public override EntityKey KeyAt(int row, EntityKeyKind kind, FactColumns batch) => kind == EntityKeyKind.Text ? Keys[codes[row]] : base.KeyAt(row, kind, batch);
}
