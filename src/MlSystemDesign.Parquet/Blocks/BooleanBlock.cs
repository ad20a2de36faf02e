using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>True and false: 1 and 0 as numbers.</summary>
/// <param name="name">The column's name.</param>
/// <param name="type">Its type in words.</param>
/// <param name="values">One per row.</param>
/// <param name="valid">False where a value is missing; empty when none is.</param>
internal sealed class BooleanBlock(string name, string type, ReadOnlyMemory<bool> values, ReadOnlyMemory<bool> valid) : ColumnBlock(name, type, values.Length)
{
    private static readonly string[] Levels = [bool.FalseString, bool.TrueString];

    public override bool IsMissing(int row) => !valid.IsEmpty && !valid.Span[row];

    public override ReadOnlyMemory<double> Numbers()
    {
        double[] numbers = new double[Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = IsMissing(row) ? double.NaN : values.Span[row] ? 1 : 0;
        }

        return numbers;
    }

    public override void AddCategory(FactColumns batch, string category)
    {
        int[] codes = new int[Count];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = IsMissing(row) ? -1 : values.Span[row] ? 1 : 0;
        }

        batch.Category(category, codes, Levels);
    }

    public override ReadOnlyMemory<bool> Flags(FactColumns batch)
    {
        bool[] flags = new bool[Count];
        for (int row = 0; row < flags.Length; row++)
        {
            flags[row] = !IsMissing(row) && values.Span[row];
        }

        return flags;
    }
}
