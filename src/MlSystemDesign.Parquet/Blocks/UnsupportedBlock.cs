namespace MlSystemDesign.Parquet.Blocks;

/// <summary>A column of a type that nothing can be mapped to: nested, bytes, time of day. It stands in the list of columns, and refuses every use.</summary>
internal sealed class UnsupportedBlock(string name, string type, int count) : ColumnBlock(name, type, count)
{
    public override bool IsMissing(int row) => false;
}
