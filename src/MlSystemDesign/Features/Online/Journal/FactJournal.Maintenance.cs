using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Features;

/// <content>Opening, segments, replay and compaction.</content>
public sealed partial class FactJournal
{
    /// <summary>Gives every row, in the order in which it was appended: those that a compaction retained first. Rows appended while it runs are not given.</summary>
    /// <param name="handler">Takes each row; may append to this journal.</param>
    /// <param name="progress">Takes the share of bytes read, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>How many rows there were.</returns>
    /// <exception cref="FactJournalException">Bytes are not what was written. The rows given before are right.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>Allocates nothing per row but for texts and keys that come for the first time; of event keys, among the last 65,536. Waits for a compaction that is under way.</remarks>
    public long Replay(FactRowHandler handler, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_maintenance)
        {
            List<JournalExtent> extents;
            lock (_writer)
            {
                lock (_gate)
                {
                    ObjectDisposedException.ThrowIf(_isDisposed, this);
                    extents = [.. _folder.Closed, new JournalExtent(_folder.Active, _active.Length)];
                }
            }

            return ReplayFiles(extents, handler, progress, cancellationToken);
        }
    }

    /// <summary>Replaces all rows appended before by those that a callback writes. Killed at any point, opening gives the rows before or the retained ones, and in both cases every row appended
    /// since the cut.</summary>
    /// <param name="writeRetained">Writes the rows to retain: the state of the engine as of the cut, or a choice among the old rows (<see cref="FactJournalWriter.Retain"/>). Appends go on
    /// meanwhile, into a new segment. When it throws, the old rows stay.</param>
    /// <param name="atCut">Called at the cut, while appends wait: every row whose append has returned is before it, every later one after it. An engine that writes its own state
    /// takes it here: let it hold one lock over each append and its own update, take that lock before this call, and leave it here (waiting for a lock here would wait for ever).</param>
    /// <param name="cancellationToken">Stops the work; the old rows stay.</param>
    /// <exception cref="FactJournalException">A write failed, or what is to be retained is damaged; the old rows stay.</exception>
    /// <exception cref="IOException">The retained rows cannot be written; the old rows stay.</exception>
    /// <exception cref="InvalidOperationException">It is called within the callback of another compaction, or within a replay; the old rows stay.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>Retained rows are forced to the disk before old ones go, with any options. Needs room for both until then. One compaction runs at a time.</remarks>
    public void Compact(Action<FactJournalWriter> writeRetained, Action? atCut = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writeRetained);
        if (_maintenance.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException(
                "A compaction must not begin within another, or within a replay, of the same journal. It was called by such a callback, whose files it would delete. Compact when that has returned.");
        }

        lock (_maintenance)
        {
            List<JournalExtent> replaced;
            lock (_writer)
            {
                lock (_gate)
                {
                    RequireUsable();
                    CutSegment();
                    replaced = [.. _folder.Closed];
                    atCut?.Invoke();
                }
            }

            JournalFile checkpoint = JournalFile.Checkpoint(_folder.Path, replaced[^1].File.Number);
            AtomicFile.Write(checkpoint.Path, stream =>
            {
                FactJournalWriter writer = new(stream, checkpoint, _folder.Schema, _sources, (handler, progress, token) => ReplayFiles(replaced, handler, progress, token), cancellationToken);
                try
                {
                    writeRetained(writer);
                    writer.Finish();
                }
                finally
                {
                    writer.Close();
                }

                stream.Flush();
                _options.Probe?.Invoke(JournalStep.Retained);
            });
            FolderSync.Flush(_folder.Path);
            _options.Probe?.Invoke(JournalStep.Replaced);
            lock (_writer)
            {
                _folder.Replace(checkpoint);
                _unflushed.RemoveAll(f => f.Number <= checkpoint.Number);
            }

            JournalFolder.Delete(replaced, () => _options.Probe?.Invoke(JournalStep.Deleted));
        }
    }

    private long ReplayFiles(List<JournalExtent> extents, FactRowHandler handler, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        JournalDecoder decoder = new();
        JournalProgress share = new(progress, extents.Sum(e => e.Length));
        long rows = 0;
        foreach (JournalExtent extent in extents)
        {
            JournalFileReader reader = new(extent, _folder.Schema, decoder);
            reader.ReadWhole(handler, share, cancellationToken);
            rows += reader.Rows;
        }

        share.Finish();
        return rows;
    }

    private void OpenActive()
    {
        JournalFile file = _folder.Active;
        JournalDecoder decoder = new();
        long length = new FileInfo(file.Path).Length, committed = Math.Min(length, JournalHeader.Read(file, _folder.Schema).Committed);
        JournalFileReader reader = new(new JournalExtent(file, committed), _folder.Schema, decoder);
        bool isWhole = reader.TryReadWhole(null, null, CancellationToken.None);
        long written = Math.Max(committed, JournalScanner.EndOfWritten(file, committed, length));
        if (!isWhole || written > committed)
        {
            Recovered = new FactJournalRecovery(file.Path, reader.End, written - reader.End);
        }

        UseActive(reader.End, decoder.Texts);
        _unflushed.AddRange(_folder.Closed.Select(c => c.File).Where(f => !f.IsCheckpoint));
        if (_options.FlushToDisk)
        {
            FlushTaken(); // what an earlier process wrote without doing so
        }
    }

    // By who holds the writer and the gate.
    private void UseActive(long end, IReadOnlyList<string> texts)
    {
        JournalMapping mapping = new(_folder.Active, end, _options.SegmentBytes);
        _active?.Dispose();
        _active = mapping;
        _encoder = new JournalEncoder(_folder.Active.Id, end, texts);
    }

    // By who holds the writer and the gate.
    private void CloseActive()
    {
        if (_failure is null && _pending.Length > 0)
        {
            WritePending(); // texts of a row that was refused
        }

        _active.Close();
        if (_options.FlushToDisk && _failure is null)
        {
            FlushTaken();
        }
    }

    private void StartSegment()
    {
        lock (_writer)
        {
            lock (_gate)
            {
                RequireUsable();
                if (_encoder.End >= _options.SegmentBytes)
                {
                    CutSegment();
                }
            }
        }
    }

    private void CutSegment()
    {
        try
        {
            CloseActive();
            if (!_options.FlushToDisk)
            {
                _unflushed.Add(_folder.Active);
            }

            int length = _folder.StartSegment(_active.Length);
            _options.Probe?.Invoke(JournalStep.Cut);
            UseActive(length, []);
        }
        catch (Exception e) when (e is not FactJournalException)
        {
            // The next segment may be there and say how long this one is: it must not grow any more.
            _failure = e;
            throw JournalFaults.WriteFailed(_folder.Path, e);
        }
    }
}
