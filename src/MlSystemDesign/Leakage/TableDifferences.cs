using System.Globalization;

namespace MlSystemDesign.Leakage;

/// <summary>Where two feature tables of the same rows differ: numbers by their bits, categories by their text.</summary>
internal static class TableDifferences
{
    /// <summary>One differing cell.</summary>
    /// <param name="Column">The column's position.</param>
    /// <param name="Row">The row.</param>
    /// <param name="Before">The value in the first table, as text.</param>
    /// <param name="After">The value in the second.</param>
    internal readonly record struct Cell(int Column, int Row, string Before, string After);

    /// <summary>Tells whether two tables have the same rows and columns, so that they can be compared.</summary>
    internal static bool HaveOneShape(FeatureTable before, FeatureTable after) =>
        before.RowCount == after.RowCount
        && before.Schema.Select(c => (c.Name, c.Kind)).SequenceEqual(after.Schema.Select(c => (c.Name, c.Kind)))
        && before.Observations.SequenceEqual(after.Observations);

    /// <summary>Lists the differing cells, column by column. Any two NaN are equal.</summary>
    internal static IEnumerable<Cell> Between(FeatureTable before, FeatureTable after)
    {
        for (int c = 0; c < before.Schema.Count; c++)
        {
            for (int row = 0; row < before.RowCount; row++)
            {
                if (before.Schema[c].Kind == ColumnKind.Number)
                {
                    double x = before.Numbers(c)[row], y = after.Numbers(c)[row];
                    if (BitConverter.DoubleToInt64Bits(x) != BitConverter.DoubleToInt64Bits(y) && !(double.IsNaN(x) && double.IsNaN(y)))
                    {
                        yield return new Cell(c, row, Text(x), Text(y));
                    }
                }
                else
                {
                    string? x = LevelOf(before, c, row), y = LevelOf(after, c, row);
                    if (!string.Equals(x, y, StringComparison.Ordinal))
                    {
                        yield return new Cell(c, row, x is null ? "missing" : $"'{x}'", y is null ? "missing" : $"'{y}'");
                    }
                }
            }
        }
    }

    private static string? LevelOf(FeatureTable table, int column, int row) => table.Codes(column)[row] is >= 0 and int code ? table.Schema[column].Levels[code] : null;

    private static string Text(double value) => double.IsNaN(value) ? "missing" : value.ToString("R", CultureInfo.InvariantCulture);
}
