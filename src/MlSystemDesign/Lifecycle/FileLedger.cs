using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace MlSystemDesign.Lifecycle;

/// <summary>A torn tail that was found, cut off and saved when a ledger was opened: the rest of a write during which the process or machine stopped.</summary>
/// <param name="ByteOffset">Where it started in the ledger.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="SavedAs">The file that it was saved to.</param>
public sealed record LedgerRecovery(long ByteOffset, long Length, string SavedAs);

/// <summary>A ledger in one append-only text file, with the map from entities to surrogate numbers in a second one beside it (".entities").</summary>
/// <remarks>
/// <para>Each line is eight hexadecimal digits of the SHA-256 of the JSON that follows, so that the file can be read, and checked, without this library. A call
/// of <see cref="AppendAsync"/> is one write, forced to disk before it completes. Opening reads the whole file once and checks every line: a last line that
/// is incomplete or does not fit its hash is cut off, saved beside the file (".torn-1") and reported in <see cref="Recovered"/>; a faulty line in the
/// middle is a <see cref="LedgerException"/> that names the line and the byte. Nothing is skipped silently.</para>
/// <para>Safe for concurrent use; writers are serialised, readers see the records that were complete when they started. One process has the file open at a
/// time (a file lock; network drives may not honour it). Memory: 16 bytes of hash per record id, some 40 bytes with the set around it; ids of a million
/// records take 40 MB. Put no personal data in ids: erasing an entity does not touch records.</para>
/// </remarks>
public sealed partial class FileLedger : ILedger, IDisposable
{
    private const string HeaderKind = "ledger";
    private const int FormatVersion = 1;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly LedgerIds _ids = new();
    private readonly SafeFileHandle _handle;
    private readonly LedgerEntityMap _entities;
    private readonly ILogger _logger;
    private long _length;
    private bool _hasFailed;
    private bool _isDisposed;

    private FileLedger(string path, SafeFileHandle handle, ILogger logger)
    {
        FilePath = path;
        _handle = handle;
        _logger = logger;
        long highest = Load();
        _entities = new LedgerEntityMap(path + ".entities", highest);
    }

    /// <summary>Gets the file, as a full path.</summary>
    public string FilePath { get; }

    /// <summary>Gets the number of records.</summary>
    public int Count => _ids.Count;

    /// <summary>Gets the torn tail that was cut off when the ledger was opened; <see langword="null"/> when there was none.</summary>
    public LedgerRecovery? Recovered { get; private set; }

    /// <summary>Opens a ledger, or creates it with its folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="logger">Is told of a recovery; optional.</param>
    /// <exception cref="LedgerException">Another writer has it open, a line in the middle was altered, or a newer version wrote it.</exception>
    public static FileLedger Open(string path, ILogger<FileLedger>? logger = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            throw new LedgerException(
                LedgerFault.InUse,
                $"A ledger must have one writer. '{Path.GetFileName(full)}' is open elsewhere. Close it there, or share one {nameof(FileLedger)} within the process.",
                full,
                innerException: e);
        }

        try
        {
            return new FileLedger(full, handle, logger ?? NullLogger<FileLedger>.Instance);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> SurrogateOfAsync(EntityKey entity, CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _entities.GetOrAdd(entity);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A record has no id, a number that is not finite, or a type that the ledger does not know; nothing is written.</exception>
    /// <exception cref="IOException">The disk refused the write; the ledger is as before.</exception>
    public async ValueTask<int> AppendAsync(IReadOnlyCollection<LedgerRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        List<(UInt128 Id, byte[] Line)> lines = [];
        foreach (LedgerRecord record in records)
        {
            lines.Add((LedgerIds.HashOf(record?.Id), LedgerLines.Format(LedgerRecordMapper.ToLine(record!), LedgerJsonContext.Default.LedgerLineDto)));
        }

        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            HashSet<UInt128> added = [];
            using MemoryStream bytes = new();
            foreach ((UInt128 id, byte[] line) in lines)
            {
                if (!_ids.Contains(id) && added.Add(id))
                {
                    bytes.Write(line);
                }
            }

            if (added.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _entities.Flush();
                Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
                _ids.Add(added);
            }

            return added.Count;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        LedgerScanner scanner = new(_handle, Volatile.Read(ref _length));
        while (!scanner.IsAtEnd)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!scanner.TryRead(out LedgerLine line))
            {
                await scanner.FillAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (line.Number > 1)
            {
                yield return RecordOf(line);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> EraseAsync(EntityKey entity, CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _entities.Remove(entity);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes the files, after a write that is under way.</summary>
    public void Dispose()
    {
        _gate.Wait();
        try
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _entities.Dispose();
                _handle.Dispose();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_isDisposed || _hasFailed)
        {
            _gate.Release();
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            throw new LedgerException(
                LedgerFault.WriteFailed, $"A ledger must be whole before it is written to. An earlier write to '{Path.GetFileName(FilePath)}' failed half-way. Open it again.", FilePath);
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, _length);
            RandomAccess.FlushToDisk(_handle);
        }
        catch
        {
            _hasFailed = true;
            RandomAccess.SetLength(_handle, _length);
            RandomAccess.FlushToDisk(_handle);
            _hasFailed = false;
            throw;
        }

        Volatile.Write(ref _length, _length + bytes.Length);
    }
}
