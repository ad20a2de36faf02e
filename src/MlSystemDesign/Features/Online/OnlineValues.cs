namespace MlSystemDesign.Features;

/// <summary>Turns the values of a row into those of a fact: there is one missing number and one zero, and texts become codes.</summary>
internal static class OnlineValues
{
    [ThreadStatic]
    private static FactValues _room;

    /// <summary>Reads the values of a row that was checked.</summary>
    /// <param name="row">The row.</param>
    /// <param name="source">Its source.</param>
    /// <param name="own">Whether the values are kept; otherwise they are gone with the next row of the thread.</param>
    internal static FactValues Of(in FactRow row, OnlineSource source, bool own)
    {
        FactValues values = own ? Room(source.Schema.Columns.Count) : _room;
        if (!own && (values.Numbers is null || values.Numbers.Length < source.Schema.Columns.Count))
        {
            _room = values = Room(source.Schema.Columns.Count);
        }

        for (int n = 0; n < source.NumberColumns.Length; n++)
        {
            double value = row.Numbers.IsEmpty ? double.NaN : row.Numbers[n];
            values.Numbers[source.NumberColumns[n]][0] = double.IsNaN(value) ? double.NaN : value + 0.0;
        }

        for (int c = 0; c < source.CategoryColumns.Length; c++)
        {
            int column = source.CategoryColumns[c];
            values.Codes[column][0] = row.Categories.IsEmpty ? -1 : source.CodeOf(column, row.Categories[c]);
        }

        return values;
    }

    private static FactValues Room(int columns) =>
        new([.. Enumerable.Range(0, columns).Select(_ => new double[1])], [.. Enumerable.Range(0, columns).Select(_ => new int[1])], 0);
}
