namespace MlSystemDesign.Parquet.Blocks;

/// <summary>The columns of some rows: a row group, a record batch. A column is read when it is asked for, and once.</summary>
/// <param name="count">The number of rows.</param>
/// <param name="names">The names of the columns.</param>
/// <param name="origin">What messages call where they come from, such as "'orders.parquet'".</param>
internal abstract class BlockSource(int count, IReadOnlyList<string> names, string origin)
{
    private readonly Dictionary<string, ColumnBlock> _read = new(StringComparer.Ordinal);

    public int Count { get; } = count;

    /// <summary>Finds a column.</summary>
    /// <exception cref="DataFormatException">There is none, or there are several; the message lists those that exist.</exception>
    public ColumnBlock this[string name]
    {
        get
        {
            if (_read.TryGetValue(name, out ColumnBlock? there))
            {
                return there;
            }

            int[] found = [.. Enumerable.Range(0, names.Count).Where(i => string.Equals(names[i], name, StringComparison.Ordinal))];
            ColumnBlock block = found switch
            {
                [var only] => Read(only),
                [] => throw new DataFormatException($"A mapped column must exist. Got '{name}' for {origin}. Use one of: {string.Join(", ", names)}.", column: name),
                _ => throw new DataFormatException($"A mapped column must occur once. Got '{name}' {found.Length} times in {origin}. Rename one of them where the data is written.", column: name),
            };
            _read.Add(name, block);
            return block;
        }
    }

    protected abstract ColumnBlock Read(int column);
}
