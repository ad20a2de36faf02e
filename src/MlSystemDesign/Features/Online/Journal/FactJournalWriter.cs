namespace MlSystemDesign.Features;

/// <summary>Takes the rows that a compaction retains. To be used within its callback only, by one thread.</summary>
public sealed class FactJournalWriter
{
    private const int FlushBytes = 1 << 16;

    private readonly Stream _stream;
    private readonly int _sources;
    private readonly Func<FactRowHandler, IProgress<double>?, CancellationToken, long> _replay;
    private readonly CancellationToken _cancellationToken;
    private readonly JournalBuffer _buffer = new();
    private readonly JournalEncoder _encoder;
    private bool _isFinished;

    internal FactJournalWriter(
        Stream stream, JournalFile file, string schema, int sources, Func<FactRowHandler, IProgress<double>?, CancellationToken, long> replay, CancellationToken cancellationToken)
    {
        _stream = stream;
        _sources = sources;
        _replay = replay;
        _cancellationToken = cancellationToken;
        byte[] header = JournalHeader.Format(file, schema, 0);
        stream.Write(header);
        _encoder = new JournalEncoder(file.Id, header.Length, []);
    }

    /// <summary>Gets the number of rows written.</summary>
    public long Count { get; private set; }

    /// <summary>Writes a row. Replay gives the rows in the order in which they are written.</summary>
    /// <param name="source">The position of its source in the schema.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">The row is too large.</exception>
    /// <exception cref="InvalidOperationException">The compaction is over.</exception>
    /// <exception cref="OperationCanceledException">The compaction was cancelled.</exception>
    public void Append(int source, in FactRow row)
    {
        FactJournal.RequireSource(source, _sources);
        RequireOpen();
        _cancellationToken.ThrowIfCancellationRequested();
        _encoder.Add(_buffer, source, row);
        Count++;
        if (_buffer.Length >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Writes those of the rows being replaced that a filter picks, in their order. Needs no other copy of them, and rows appended meanwhile do not matter to it.</summary>
    /// <param name="filter">Tells whether a row stays.</param>
    /// <param name="progress">Takes the share of the old rows' bytes that is read, in [0, 1].</param>
    /// <returns>How many rows were picked.</returns>
    /// <exception cref="FactJournalException">The old rows are damaged; the compaction ends, and they stay.</exception>
    /// <exception cref="OperationCanceledException">The compaction was cancelled.</exception>
    public long Retain(FactRowFilter filter, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        RequireOpen();
        long before = Count;
        _replay(
            (int source, in FactRow row) =>
            {
                if (filter(source, row))
                {
                    Append(source, row);
                }
            },
            progress,
            _cancellationToken);
        return Count - before;
    }

    internal void Finish()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _encoder.AddEnd(_buffer, Count);
        Flush();
    }

    internal void Close() => _isFinished = true;

    private void RequireOpen()
    {
        if (_isFinished)
        {
            throw new InvalidOperationException("Retained rows must be written within the callback of the compaction. It is over. Compact again.");
        }
    }

    private void Flush()
    {
        _stream.Write(_buffer.Bytes);
        _buffer.Clear();
    }
}
