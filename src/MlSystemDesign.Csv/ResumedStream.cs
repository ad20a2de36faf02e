namespace MlSystemDesign.Csv;

/// <summary>A stream that cannot seek, with the bytes put back that were already taken from its start.</summary>
/// <param name="taken">The bytes that were taken.</param>
/// <param name="rest">The stream after them; closed with this one.</param>
internal sealed class ResumedStream(ReadOnlyMemory<byte> taken, Stream rest) : Stream
{
    private ReadOnlyMemory<byte> _taken = taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // The first read goes on into the rest: two bytes alone are too few to tell a byte order mark.
    public override int Read(Span<byte> buffer)
    {
        int put = PutBack(buffer);
        return put == buffer.Length ? put : put + rest.Read(buffer[put..]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int put = PutBack(buffer.Span);
        return put == buffer.Length ? put : put + await rest.ReadAsync(buffer[put..], cancellationToken).ConfigureAwait(false);
    }

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
            rest.Dispose();
        }

        base.Dispose(disposing);
    }

    private int PutBack(Span<byte> buffer)
    {
        int count = Math.Min(_taken.Length, buffer.Length);
        _taken.Span[..count].CopyTo(buffer);
        _taken = _taken[count..];
        return count;
    }
}
