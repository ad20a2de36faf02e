namespace MlSystemDesign.Parquet.Tables;

/// <summary>What the values of a stored column mean.</summary>
internal sealed record FeatureColumnHeader(
    string Name, ColumnKind Kind, string? Unit, string Lineage, double ValueForNothing, string Group, IReadOnlyList<string> Levels)
{
    public static FeatureColumnHeader Of(FeatureColumn column) =>
        new(column.Name, column.Kind, column.Unit, column.Lineage, column.ValueForNothing, column.Group, column.Levels);

    public FeatureColumn ToColumn() =>
        new() { Name = Name, Kind = Kind, Unit = Unit, Lineage = Lineage, ValueForNothing = ValueForNothing, Group = Group, Levels = Levels };
}
