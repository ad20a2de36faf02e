using Microsoft.Win32.SafeHandles;

namespace MlSystemDesign.Lifecycle;

/// <summary>One line of a file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Offset">Where it starts, in bytes.</param>
/// <param name="Bytes">Its bytes without the line feed; valid until the next one is read.</param>
/// <param name="IsComplete">Whether it ends with a line feed.</param>
/// <param name="IsLast">Whether nothing follows it.</param>
internal readonly record struct LedgerLine(long Number, long Offset, ReadOnlyMemory<byte> Bytes, bool IsComplete, bool IsLast);

/// <summary>Reads the first bytes of an open file line by line.</summary>
internal sealed class LedgerScanner(SafeFileHandle handle, long length)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _position;
    private long _lines;

    /// <summary>Gets a value indicating whether every line was given.</summary>
    internal bool IsAtEnd => _position >= length && _start == _end;

    /// <summary>Gives the next line if it is in the buffer.</summary>
    /// <returns><see langword="false"/> when more must be read first, or at the end.</returns>
    internal bool TryRead(out LedgerLine line)
    {
        int feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        bool incomplete = feed < 0 && _position >= length && _start < _end;
        if (feed < 0 && !incomplete)
        {
            line = default;
            return false;
        }

        int count = incomplete ? _end - _start : feed;
        long offset = _position - (_end - _start);
        ReadOnlyMemory<byte> bytes = _buffer.AsMemory(_start, count);
        _start += count + (incomplete ? 0 : 1);
        line = new LedgerLine(++_lines, offset, bytes, !incomplete, IsAtEnd);
        return true;
    }

    /// <summary>Reads more.</summary>
    internal void Fill() => Advance(RandomAccess.Read(handle, Room(), _position));

    /// <summary>Reads more.</summary>
    internal async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        Room();
        int count = (int)Math.Min(_buffer.Length - _end, length - _position);
        Advance(await RandomAccess.ReadAsync(handle, _buffer.AsMemory(_end, count), _position, cancellationToken).ConfigureAwait(false));
    }

    private Span<byte> Room()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        return _buffer.AsSpan(_end, (int)Math.Min(_buffer.Length - _end, length - _position));
    }

    private void Advance(int count)
    {
        if (count == 0)
        {
            throw new EndOfStreamException("A ledger file must keep its length while it is open. It became shorter. Let nothing else write to it.");
        }

        _end += count;
        _position += count;
    }
}
