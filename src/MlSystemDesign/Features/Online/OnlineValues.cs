namespace MlSystemDesign.Features;

/// <summary>Turns the values of a row into those of a fact: there is one missing number and one zero, and texts become codes.</summary>
internal static class OnlineValues
{
    [ThreadStatic]
    private static long[]? _room;

    /// <summary>Reads the values of a row that was checked.</summary>
    /// <param name="row">The row.</param>
    /// <param name="source">Its source.</param>
    /// <param name="own">Whether the values are kept; otherwise they are gone with the next row of the thread.</param>
    internal static FactValues Of(in FactRow row, OnlineSource source, bool own)
    {
        int columns = source.Schema.Columns.Count;
        long[] values = own ? new long[columns] : _room is { } room && room.Length >= columns ? room : _room = new long[columns];
        for (int n = 0; n < source.NumberColumns.Length; n++)
        {
            double value = row.Numbers.IsEmpty ? double.NaN : row.Numbers[n];
            values[source.NumberColumns[n]] = BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value + 0.0);
        }

        for (int c = 0; c < source.CategoryColumns.Length; c++)
        {
            int column = source.CategoryColumns[c];
            values[column] = row.Categories.IsEmpty ? -1 : source.CodeOf(column, row.Categories[c]);
        }

        return new FactValues(values, null, 0);
    }
}

/// <summary>The values of a fact: of its own, or where they lie in columns.</summary>
/// <param name="own">By the position of the column, the bits of a number or a code.</param>
/// <param name="columns">The columns, when it has none of its own.</param>
/// <param name="row">Where in them.</param>
internal readonly struct FactValues(long[]? own, OnlineColumns? columns, int row)
{
    internal double Number(int column) => own is null ? columns!.Numbers[column][row] : BitConverter.Int64BitsToDouble(own[column]);

    internal int Code(int column) => own is null ? columns!.Codes[column][row] : (int)own[column];
}
