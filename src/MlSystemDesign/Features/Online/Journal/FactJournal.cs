using System.Globalization;

namespace MlSystemDesign.Features;

/// <summary>A write-ahead journal of the rows that an online engine takes: after a kill, <see cref="Replay"/> gives every row whose <see cref="Append"/> had returned.</summary>
/// <remarks>
/// <para>Durability: when an append returns, the operating system has the row, so that it survives the end of the process, also by a kill; with <see cref="FactJournalOptions.FlushToDisk"/>
/// the disk has it, so that it survives a loss of power too. A row whose append did not return may be there or not, as a whole. Instants are kept without their offset from UTC; everything
/// else comes back bit for bit, NaN payloads and the difference between missing and empty texts included. Rows are not checked against the columns.</para>
/// <para>A folder holds segments of bounded size and, after a compaction, a checkpoint that stands for the segments before them. Each record has checksums of its length, place and content.
/// Opening checks the last segment and the lengths of all, and cuts off a torn end (<see cref="Recovered"/>); replaying checks every byte. Anything else that is not as written is an error
/// with its position: nothing is skipped.</para>
/// <para>Safe for concurrent use; the rows of one caller keep their order. Appends at the same time share one flush. One process has a folder open at a time (a file lock; network drives may
/// not honour it).</para>
/// <para>Room: the segment in use is mapped into memory and as long as <see cref="FactJournalOptions.SegmentBytes"/> while it is open or after a kill, but takes room on the disk for its rows and
/// a quarter of a MiB only, where the file system knows holes. Where it writes a block elsewhere each time it changes, a full disk can end the process instead of an append; no acknowledged row
/// is lost by that.</para>
/// <para>Memory: the category texts of the current segment; while replaying, also each distinct text and entity key.</para>
/// </remarks>
public sealed partial class FactJournal : IDisposable
{
    // Taken in this order. Maintenance: replay and compaction. Writer: which file is appended to. Gate: the appending. The turn to flush is waited for with none of them.
    private readonly Lock _maintenance = new();
    private readonly Lock _writer = new();
    private readonly Lock _gate = new();
    private readonly object _turn = new();

    private readonly JournalFolder _folder;
    private readonly FactJournalOptions _options;
    private readonly int _sources;
    private readonly JournalBuffer _pending = new();
    private readonly List<JournalFile> _unflushed = []; // closed segments, of which the disk may not have all
    private JournalEncoder _encoder = null!;
    private JournalMapping _active = null!;
    private long _taken;
    private long _flushed;
    private Exception? _failure;
    private bool _isFlushing;
    private bool _isDisposed;

    private FactJournal(JournalFolder folder, int sources, FactJournalOptions options)
    {
        _folder = folder;
        _sources = sources;
        _options = options;
        OpenActive();
    }

    /// <summary>Gets the folder, as a full path.</summary>
    public string FolderPath => _folder.Path;

    /// <summary>Gets the unfinished write that was cut off when the journal was opened; <see langword="null"/> when there was none.</summary>
    public FactJournalRecovery? Recovered { get; private set; }

    /// <summary>Gets how many bytes the rows take: what tells when to compact.</summary>
    public long LengthInBytes
    {
        get
        {
            lock (_writer)
            {
                lock (_gate)
                {
                    return _folder.Closed.Sum(c => c.Length) + _active.Length;
                }
            }
        }
    }

    /// <summary>Opens a journal, or creates it with its folder. Reads the last segment once.</summary>
    /// <param name="folder">The folder, which holds nothing else.</param>
    /// <param name="schema">The sources. A journal can be opened with the sources, columns and units, in that order, that it was made with; observed spans and fixed delays may differ.</param>
    /// <param name="options">How it writes; the defaults if <see langword="null"/>.</param>
    /// <exception cref="FactJournalException">Another has it open, it is damaged, of another schema, or a newer version wrote it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static FactJournal Open(string folder, HistorySchema schema, FactJournalOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(schema);
        FactJournalOptions chosen = options ?? new FactJournalOptions();
        chosen.Validate();
        JournalFolder taken = JournalFolder.Open(Path.GetFullPath(folder), JournalSchema.Describe(schema));
        try
        {
            return new FactJournal(taken, schema.Sources.Count, chosen);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Appends a row. When this returns, the row survives as the options say. Allocates nothing, but for texts that the segment has not had, and for each new segment.</summary>
    /// <param name="source">The position of its source in the schema.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">There is no such source, or the row takes more than 16 MiB; nothing is written.</exception>
    /// <exception cref="FactJournalException">A write failed, this one or one before. The row may be there or not; the journal must be opened again.</exception>
    public void Append(int source, in FactRow row)
    {
        RequireSource(source, _sources);
        while (true)
        {
            long ticket = 0;
            lock (_gate)
            {
                RequireUsable();
                if (_encoder.End < _options.SegmentBytes)
                {
                    _encoder.Add(_pending, source, row);
                    WritePending();
                    ticket = _taken + 1;
                    Volatile.Write(ref _taken, ticket);
                }
            }

            if (ticket == 0)
            {
                StartSegment();
                continue;
            }

            if (_options.FlushToDisk)
            {
                FlushUpTo(ticket);
            }

            return;
        }
    }

    /// <summary>Forces all rows appended so far to the disk, so that they survive a loss of power.</summary>
    /// <exception cref="FactJournalException">The disk refused; the journal must be opened again.</exception>
    public void Flush()
    {
        lock (_writer)
        {
            RequireUsable();
            FlushTaken();
        }
    }

    /// <summary>Closes the files, after a write that is under way.</summary>
    public void Dispose()
    {
        lock (_maintenance)
        {
            lock (_writer)
            {
                lock (_gate)
                {
                    if (!_isDisposed)
                    {
                        _isDisposed = true;
                        try
                        {
                            CloseActive();
                        }
                        catch (Exception e) when (e is FactJournalException or IOException)
                        {
                            // Callers that wait for a flush see the failure themselves, when they get the lock. Room behind the rows is cut off by the next opening.
                        }

                        _active.Dispose();
                        _folder.Dispose();
                    }
                }
            }
        }
    }

    internal static void RequireSource(int source, int sources)
    {
        if ((uint)source >= (uint)sources)
        {
            throw new ArgumentOutOfRangeException(
                nameof(source),
                source,
                string.Create(CultureInfo.InvariantCulture, $"A row must name a source of the schema by its position, below {sources}. Got {source}. Count the sources from 0."));
        }
    }

    private void RequireUsable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_failure is { } cause)
        {
            throw JournalFaults.WriteFailed(_folder.Path, cause);
        }
    }

    private void FlushUpTo(long ticket)
    {
        if (_writer.IsHeldByCurrentThread)
        {
            FlushNow(ticket);
        }
        else if (TakeTurn(ticket))
        {
            try
            {
                FlushNow(ticket);
            }
            finally
            {
                lock (_turn)
                {
                    _isFlushing = false;
                    Monitor.PulseAll(_turn);
                }
            }
        }
    }

    // A flush takes long enough to wake those whose rows it had, so that their next rows share the next one. In the order of a lock they would each wait for their own.
    private bool TakeTurn(long ticket)
    {
        lock (_turn)
        {
            while (_isFlushing && Volatile.Read(ref _flushed) < ticket)
            {
                Monitor.Wait(_turn);
            }

            if (Volatile.Read(ref _flushed) >= ticket)
            {
                return false;
            }

            _isFlushing = true;
            return true;
        }
    }

    private void FlushNow(long ticket)
    {
        lock (_writer)
        {
            if (_flushed < ticket)
            {
                RequireUsable();
                FlushTaken();
            }
        }
    }

    // By who holds the writer. Rows go on being appended meanwhile: those wait for the next flush.
    private void FlushTaken()
    {
        long upTo = Volatile.Read(ref _taken);
        try
        {
            _unflushed.ForEach(JournalFolder.Flush);
            _unflushed.Clear();
            _active.Flush();
        }
        catch (Exception e)
        {
            // After a failed flush nobody knows what the disk has, and a second one would not tell: https://wiki.postgresql.org/wiki/Fsync_Errors.
            _failure = e;
            throw JournalFaults.WriteFailed(_folder.Path, e);
        }

        Volatile.Write(ref _flushed, upTo);
    }

    // By who holds the gate.
    private void WritePending()
    {
        try
        {
            _options.Probe?.Invoke(JournalStep.Write);
            _active.Append(_pending.Bytes);
        }
        catch (Exception e)
        {
            _failure = e;
            throw JournalFaults.WriteFailed(_folder.Path, e);
        }

        _pending.Clear();
    }
}
