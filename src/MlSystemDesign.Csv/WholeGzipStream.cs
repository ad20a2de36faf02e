using System.Buffers.Binary;
using System.IO.Compression;

namespace MlSystemDesign.Csv;

/// <summary>Unpacks gzip and throws when the archive ends too early. The framework's stream ends silently there, and half a file would pass for a whole one.</summary>
/// <remarks>A gzip member ends with the checksum and the length of its content (RFC 1952, section 2.3.1). When the length does not match what was unpacked, the file either has
/// several members or is cut off; only then is it unpacked a second time, to compare the checksum of its last member.</remarks>
internal sealed class WholeGzipStream(Stream packed) : Stream
{
    private static readonly uint[] CrcTable = MakeCrcTable();
    private readonly long _start = packed.Position;
    private readonly GZipStream _content = new(packed, CompressionMode.Decompress, leaveOpen: true);
    private long _length;
    private bool _checked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Counted(_content.Read(buffer), buffer.Length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await _content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read, int wanted)
    {
        _length += read;
        if (read == 0 && wanted > 0 && !_checked)
        {
            _checked = true;
            RequireWhole();
        }

        return read;
    }

    private void RequireWhole()
    {
        Span<byte> trailer = stackalloc byte[8];
        if (packed.Length - _start < trailer.Length)
        {
            throw new InvalidDataException();
        }

        packed.Position = packed.Length - trailer.Length;
        packed.ReadExactly(trailer);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer), length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if ((uint)_length != length && (length > _length || ChecksumOfLast(length) != checksum))
        {
            throw new InvalidDataException();
        }
    }

    private uint ChecksumOfLast(long count)
    {
        packed.Position = _start;
        using GZipStream again = new(packed, CompressionMode.Decompress, leaveOpen: true);
        byte[] buffer = new byte[1 << 15];
        long skip = _length - count;
        uint crc = uint.MaxValue;
        for (int read = again.Read(buffer); read > 0; read = again.Read(buffer))
        {
            int from = (int)Math.Min(skip, read);
            skip -= from;
            foreach (byte value in buffer.AsSpan(from, read - from))
            {
                crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
            }
        }

        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
            }

            table[i] = value;
        }

        return table;
    }
}
