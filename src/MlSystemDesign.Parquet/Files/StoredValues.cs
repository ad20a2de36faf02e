namespace MlSystemDesign.Parquet.Files;

/// <summary>The values of a column chunk, one per row.</summary>
/// <param name="Values">Default where none is there.</param>
/// <param name="Valid">False where none is there; <see langword="null"/> when every row has one.</param>
internal readonly record struct StoredValues<T>(T[] Values, bool[]? Valid)
    where T : struct
{
    /// <summary>Spreads values, of which a file stores only those that are there, over the rows.</summary>
    /// <param name="values">The stored values from the start, with room for all rows; changed.</param>
    /// <param name="levels">0 where a row has no value, 1 where it has; <see langword="null"/> when every row has one.</param>
    public static StoredValues<T> Of(T[] values, int[]? levels)
    {
        int next = levels?.Count(level => level == 1) ?? values.Length;
        if (next == values.Length)
        {
            return new StoredValues<T>(values, null);
        }

        bool[] valid = new bool[values.Length];
        for (int row = values.Length - 1; row >= 0; row--)
        {
            valid[row] = levels![row] == 1;
            values[row] = valid[row] ? values[--next] : default;
        }

        return new StoredValues<T>(values, valid);
    }

    /// <summary>Converts each value.</summary>
    public IEnumerable<TResult> Select<TResult>(Func<T, TResult> convert, TResult missing)
    {
        for (int row = 0; row < Values.Length; row++)
        {
            yield return Valid is null || Valid[row] ? convert(Values[row]) : missing;
        }
    }
}
