namespace MlSystemDesign.Training.Trees;

/// <summary>Lays the columns of a table out as rows for trees: numbers as they are, category codes as numbers, missing as NaN.</summary>
internal static class FeatureRows
{
    /// <summary>Fills rows × columns values, row by row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="first">The first row to lay out.</param>
    /// <param name="rows">Places for whole rows; as many as fit are filled.</param>
    internal static void Fill(FeatureTable table, int first, Span<double> rows)
    {
        int columns = table.Schema.Count, count = columns == 0 ? 0 : rows.Length / columns;
        for (int c = 0; c < columns; c++)
        {
            if (table.Schema[c].Kind == ColumnKind.Number)
            {
                ReadOnlySpan<double> numbers = table.Numbers(c).Slice(first, count);
                for (int i = 0; i < numbers.Length; i++)
                {
                    rows[(i * columns) + c] = numbers[i];
                }
            }
            else
            {
                ReadOnlySpan<int> codes = table.Codes(c).Slice(first, count);
                for (int i = 0; i < codes.Length; i++)
                {
                    rows[(i * columns) + c] = codes[i] < 0 ? double.NaN : codes[i];
                }
            }
        }
    }
}
