namespace MlSystemDesign.Features;

/// <summary>Rows on their way into a table, column by column, until a cache line of each column is full. One per thread.</summary>
/// <remarks>Twenty columns are twenty places in memory: written value by value, each line would be fetched first and the processor would wait for it. Full lines are written
/// past the caches, without being fetched.</remarks>
/// <param name="output">The table.</param>
internal sealed class RowTile(FeatureOutput output)
{
    /// <summary>Doubles of a cache line.</summary>
    internal const int Height = 8;

    private readonly double[] _values = GC.AllocateUninitializedArray<double>(output.NumberColumns * Height);
    private int _from; // the first row that is held
    private int _next; // the row behind the last one

    /// <summary>Takes a row.</summary>
    /// <param name="row">Which; cheap when it follows the one before.</param>
    /// <param name="values">Its values.</param>
    internal void Write(int row, RowBuffer values)
    {
        if (row != _next)
        {
            Flush();
            _from = row;
        }

        int place = row & (Height - 1);
        output.CopyNumbers(values, _values, place);
        output.WriteCodes(row, values);
        _next = row + 1;
        if (place == Height - 1)
        {
            Flush();
        }
    }

    /// <summary>Writes what is held.</summary>
    internal void Flush()
    {
        if (_next - _from == Height)
        {
            output.WriteLines(_from, _values);
        }
        else
        {
            for (int row = _from; row < _next; row++)
            {
                output.WriteNumbers(row, _values, row & (Height - 1));
            }
        }

        _from = _next;
    }
}
