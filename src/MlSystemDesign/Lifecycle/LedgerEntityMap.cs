using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace MlSystemDesign.Lifecycle;

/// <summary>Which surrogate number stands for which entity, in a file of its own. Not safe for concurrent use: its ledger serialises.</summary>
/// <remarks>A new entity is one line at the end, forced to disk no later than the first record that may use its number. Erasing writes the file anew under a
/// temporary name and renames it, so that the key is gone from it. Numbers are never given twice: the header keeps the next one. It also counts the lines that were written with it; these are complete or
/// damaged, never torn.</remarks>
internal sealed class LedgerEntityMap : IDisposable
{
    private readonly string _path;
    private readonly Dictionary<EntityKey, long> _numbers = [];
    private SafeFileHandle _handle;
    private long _length;
    private long _next = 1;
    private long? _blockNext;
    private long? _blockCount;
    private long _linesRead;
    private long _highestRead;
    private bool _isUnsaved;

    /// <summary>Gets a value indicating whether everything that was written as one, under the header, has been read. The older form has no count: there it is known
    /// only once the last number below the header's next one came, or a later one.</summary>
    private bool IsBlockRead => _blockNext is not { } next || (_blockCount is { } count ? _linesRead >= count : _highestRead >= next - 1);

    /// <summary>Opens or creates a map.</summary>
    /// <param name="path">The file.</param>
    /// <param name="highestInUse">The highest number in the ledger's records; 0 for none.</param>
    internal LedgerEntityMap(string path, long highestInUse)
    {
        _path = path;
        _handle = OpenFile();
        try
        {
            Load(highestInUse);
            _next = Math.Max(_next, highestInUse + 1);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>Gives the number of an entity, a new one if need be.</summary>
    internal long GetOrAdd(EntityKey entity)
    {
        if (_numbers.TryGetValue(entity, out long number))
        {
            return number;
        }

        byte[] line = LedgerLines.Format(new LedgerEntityDto(entity.ToCanonicalString(), _next, null, null), LedgerJsonContext.Default.LedgerEntityDto);
        RandomAccess.Write(_handle, line, _length);
        _length += line.Length;
        _isUnsaved = true;
        _numbers.Add(entity, _next);
        return _next++;
    }

    /// <summary>Forces what was added to disk.</summary>
    internal void Flush()
    {
        if (_isUnsaved)
        {
            RandomAccess.FlushToDisk(_handle);
            _isUnsaved = false;
        }
    }

    /// <summary>Forgets an entity.</summary>
    /// <returns>Whether it was known.</returns>
    internal bool Remove(EntityKey entity)
    {
        if (!_numbers.Remove(entity, out long number))
        {
            return false;
        }

        // Windows does not rename onto an open file.
        _handle.Dispose();
        try
        {
            AtomicFile.Write(_path, WriteAll);
        }
        catch
        {
            _numbers.Add(entity, number);
            throw;
        }
        finally
        {
            _handle = OpenFile();
            _length = RandomAccess.GetLength(_handle);
        }

        _isUnsaved = false;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            Flush();
            _handle.Dispose();
        }
    }

    private SafeFileHandle OpenFile() => File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private void WriteAll(Stream stream)
    {
        stream.Write(LedgerLines.Format(new LedgerEntityDto(null, null, _next, _numbers.Count), LedgerJsonContext.Default.LedgerEntityDto));
        foreach ((EntityKey entity, long number) in _numbers.OrderBy(p => p.Value))
        {
            stream.Write(LedgerLines.Format(new LedgerEntityDto(entity.ToCanonicalString(), number, null, null), LedgerJsonContext.Default.LedgerEntityDto));
        }
    }

    private void Load(long highestInUse)
    {
        long length = RandomAccess.GetLength(_handle);
        LedgerScanner scanner = new(_handle, length);
        while (!scanner.IsAtEnd)
        {
            if (!scanner.TryRead(out LedgerLine line))
            {
                scanner.Fill();
                continue;
            }

            if (!line.IsComplete || !LedgerLines.IsIntact(line.Bytes.Span))
            {
                // Lines not yet forced to disk may be lost with the power. As long as no record refers to them, nothing is lost by cutting them off; they are
                // not saved elsewhere, because an erased key must be gone. Numbers below the next one are in the lines already read, or erased.
                if (IsBlockRead && highestInUse < _next && !MayBeHeader(line))
                {
                    RandomAccess.SetLength(_handle, _length);
                    RandomAccess.FlushToDisk(_handle);
                    return;
                }

                throw Corrupted(line, "altered");
            }

            Take(line);
            _length = line.Offset + line.Bytes.Length + 1;
        }

        if (_blockCount is { } count && _linesRead < count)
        {
            throw Corrupted(_linesRead + 2, _length, $"missing: the header counts {count} entities");
        }
    }

    /// <summary>Tells whether a damaged line can have been a header, which is never torn: without it, erased numbers would be given again.</summary>
    private static bool MayBeHeader(LedgerLine line) => line.Number == 1 && (line.IsComplete || line.Bytes.Span.IndexOf("{\"next\":"u8) >= 0);

    private void Take(LedgerLine line)
    {
        switch (LedgerLines.Parse(line.Bytes.Span, LedgerJsonContext.Default.LedgerEntityDto))
        {
            case { Next: { } next, Count: var count, Entity: null, Number: null } when line.Number == 1 && next >= 1 && (count is null || count >= 0):
                _next = next;
                _blockNext = next;
                _blockCount = count;
                break;
            case { Entity: { } entity, Number: { } number, Next: null, Count: null } when number >= 1:
                try
                {
                    _numbers[EntityKey.Parse(entity)] = number;
                }
                catch (Exception e) when (e is FormatException or ArgumentException)
                {
                    throw Corrupted(line, "not an entity");
                }

                _linesRead++;
                _highestRead = Math.Max(_highestRead, number);
                _next = Math.Max(_next, number + 1);
                break;
            default:
                throw Corrupted(line, "neither a header nor an entity");
        }
    }

    private LedgerException Corrupted(LedgerLine line, string what) => Corrupted(line.Number, line.Offset, what);

    private LedgerException Corrupted(long line, long offset, string what) => new(
        LedgerFault.Corrupted,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Every line of the entity map must be what was written. Line {line} of '{Path.GetFileName(_path)}', at byte {offset}, is {what}. Restore the file from a backup."),
        _path,
        line,
        offset);
}
