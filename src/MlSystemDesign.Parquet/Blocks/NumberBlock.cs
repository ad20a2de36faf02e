namespace MlSystemDesign.Parquet.Blocks;

/// <summary>Numbers that need not be whole; NaN is missing.</summary>
/// <param name="name">The column's name.</param>
/// <param name="type">Its type in words.</param>
/// <param name="values">One per row, read in place.</param>
internal sealed class NumberBlock(string name, string type, ReadOnlyMemory<double> values) : ColumnBlock(name, type, values.Length)
{
    public override bool IsMissing(int row) => double.IsNaN(values.Span[row]);

    public override ReadOnlyMemory<double> Numbers() => values;
}
