namespace MlSystemDesign.Features;

/// <summary>Reads one file of a journal from its header to its end and checks every byte.</summary>
/// <param name="extent">The file, and up to where to read.</param>
/// <param name="schema">The description of the schema that it must have.</param>
/// <param name="decoder">Keeps the file's texts afterwards.</param>
internal sealed class JournalFileReader(JournalExtent extent, string schema, JournalDecoder decoder)
{
    private const int RowsBetweenChecks = 1024;

    /// <summary>Gets where the last intact record ends.</summary>
    internal long End { get; private set; }

    /// <summary>Gets the number of rows read.</summary>
    internal long Rows { get; private set; }

    /// <summary>Reads a file that must be whole.</summary>
    /// <exception cref="FactJournalException">It is not what was written.</exception>
    internal void ReadWhole(FactRowHandler? handler, JournalProgress? progress, CancellationToken cancellationToken)
    {
        if (!TryReadWhole(handler, progress, cancellationToken))
        {
            throw JournalFaults.Damaged(extent.File, End, "an unfinished record");
        }
    }

    /// <summary>Reads a file that may end in an unfinished record.</summary>
    /// <returns>Whether it ends where a record does.</returns>
    /// <exception cref="FactJournalException">It is not what was written.</exception>
    internal bool TryReadWhole(FactRowHandler? handler, JournalProgress? progress, CancellationToken cancellationToken)
    {
        End = JournalHeader.Read(extent.File, schema).Length;
        decoder.StartFile();
        using JournalScanner scanner = new(extent.File, End, extent.Length);
        JournalItem item;
        while ((item = scanner.Read(out ReadOnlySpan<byte> body)) == JournalItem.Record)
        {
            if (decoder.EndRows >= 0)
            {
                throw JournalFaults.Damaged(extent.File, End, "a record after the end of a checkpoint");
            }

            if (Decode(body, out int source, out FactRow row))
            {
                handler?.Invoke(source, row);
                if (++Rows % RowsBetweenChecks == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            progress?.Add(scanner.Offset - End);
            End = scanner.Offset;
        }

        return item == JournalItem.End && extent.File.IsCheckpoint && decoder.EndRows != Rows
            ? throw JournalFaults.Damaged(extent.File, End, "the end of the file, without the record that ends a checkpoint")
            : item == JournalItem.End;
    }

    private bool Decode(ReadOnlySpan<byte> body, out int source, out FactRow row)
    {
        try
        {
            return decoder.TryRead(body, out source, out row);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw JournalFaults.Damaged(extent.File, End, "intact but not a record that this version knows");
        }
    }
}
