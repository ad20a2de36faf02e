using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>GUIDs.</summary>
/// <param name="name">The column's name.</param>
/// <param name="type">Its type in words.</param>
/// <param name="values">One per row; <see langword="null"/> is missing.</param>
internal sealed class GuidBlock(string name, string type, Guid?[] values) : ColumnBlock(name, type, values.Length)
{
    public override EntityKeyKind? KeyKind => EntityKeyKind.Guid;

    public override bool IsMissing(int row) => values[row] is null;

    public override string TextAt(int row) => values[row]!.Value.ToString("D");

    public override void AddCategory(FactColumns batch, string category) => batch.Category(category, [.. values.Select(value => value?.ToString("D"))]);

    public override EntityKey KeyAt(int row, EntityKeyKind kind, FactColumns batch) =>
        kind == EntityKeyKind.Guid ? new EntityKey(values[row]!.Value) : base.KeyAt(row, kind, batch);
}
