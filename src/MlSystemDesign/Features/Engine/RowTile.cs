namespace MlSystemDesign.Features;

/// <summary>The numbers of rows on their way into a table, until there is a cache line of each column. One per thread.</summary>
/// <remarks>Twenty columns are twenty places in memory: written row by row, the processor waits for their lines more often than it computes. Stores past the caches were
/// tried: fresh memory comes cleared, and so cached, from the operating system, and they were a fifth slower.</remarks>
/// <param name="output">The table.</param>
internal sealed class RowTile(FeatureOutput output)
{
    /// <summary>The rows of a tile: the doubles of a cache line.</summary>
    internal const int Height = 8;

    private readonly double[] _values = GC.AllocateUninitializedArray<double>(output.NumberColumns * Height);
    private int _from; // the first row that is held
    private int _next; // the row behind the last one

    /// <summary>Takes the numbers of a row.</summary>
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
            output.WriteTile(_from, _values);
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
