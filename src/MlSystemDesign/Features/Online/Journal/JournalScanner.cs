using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace MlSystemDesign.Features;

/// <summary>What a scanner found.</summary>
internal enum JournalItem
{
    /// <summary>An intact record.</summary>
    Record,

    /// <summary>The end of the file.</summary>
    End,

    /// <summary>A write that did not come to its end: the file stops within a record, or holds zeros from a sector within a record on, as file systems leave after a loss of power.</summary>
    Torn,
}

/// <summary>Reads the records of one file, one by one.</summary>
internal sealed class JournalScanner : IDisposable
{
    private const int SectorBytes = 512;

    private readonly JournalFile _file;
    private readonly SafeFileHandle _handle;
    private readonly long _length;
    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the first record starts.</param>
    /// <param name="length">Where the last one ends.</param>
    internal JournalScanner(JournalFile file, long offset, long length)
    {
        _file = file;
        Offset = offset;
        _length = length;
        _handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
    }

    /// <summary>Gets where the next record starts.</summary>
    internal long Offset { get; private set; }

    public void Dispose() => _handle.Dispose();

    /// <summary>Reads the next record.</summary>
    /// <param name="body">Its body; valid until the next call.</param>
    /// <exception cref="FactJournalException">It is not what was written.</exception>
    internal JournalItem Read(out ReadOnlySpan<byte> body)
    {
        body = default;
        long remaining = _length - Offset;
        if (remaining < JournalFormat.HeadBytes)
        {
            return remaining == 0 ? JournalItem.End : JournalItem.Torn;
        }

        ReadOnlySpan<byte> head = Peek(JournalFormat.HeadBytes);
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        uint headSum = BinaryPrimitives.ReadUInt32LittleEndian(head[sizeof(int)..]);
        if (headSum != JournalChecksum.OfHead(_file.Id, Offset, (uint)length))
        {
            return IsLostBefore(Offset + JournalFormat.HeadBytes) ? JournalItem.Torn : throw Damaged("altered: the checksum of its length does not match");
        }

        int whole = JournalFormat.HeadBytes + length + JournalFormat.TailBytes;
        if (remaining < whole)
        {
            return JournalItem.Torn;
        }

        ReadOnlySpan<byte> record = Peek(whole);
        body = record.Slice(JournalFormat.HeadBytes, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(record[^JournalFormat.TailBytes..]) != JournalChecksum.Of(headSum, body))
        {
            return IsLostBefore(Offset + whole) ? JournalItem.Torn : throw Damaged("altered: the checksum of the record does not match");
        }

        _start += whole;
        Offset += whole;
        return JournalItem.Record;
    }

    internal FactJournalException Damaged(string what) => JournalFaults.Damaged(_file, Offset, what);

    /// <summary>Returns where the last byte ends that is not zero; the start, when all are.</summary>
    internal static long EndOfWritten(JournalFile file, long start, long end)
    {
        using SafeFileHandle handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        byte[] bytes = new byte[1 << 16];
        long written = start;
        for (long at = start; at < end;)
        {
            int read = RandomAccess.Read(handle, bytes.AsSpan(0, (int)Math.Min(bytes.Length, end - at)), at);
            int last = bytes.AsSpan(0, read).LastIndexOfAnyExcept((byte)0);
            written = last < 0 ? written : at + last + 1;
            at = read == 0 ? end : at + read;
        }

        return written;
    }

    private ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            if (count > _buffer.Length)
            {
                Array.Resize(ref _buffer, count);
            }

            while (_end < count)
            {
                int read = RandomAccess.Read(_handle, _buffer.AsSpan(_end), Offset + _end);
                _end += read > 0 ? read : throw Damaged("the end of the file, which became shorter while it was read");
            }
        }

        return _buffer.AsSpan(_start, count);
    }

    // A disk writes whole sectors. What it did not come to reads as zeros: from the start of a sector within these bytes, or from their start, to the end of the file.
    private bool IsLostBefore(long end)
    {
        long from = Math.Max(Offset, (end - 1) / SectorBytes * SectorBytes);
        return EndOfWritten(_file, from, _length) == from;
    }
}
