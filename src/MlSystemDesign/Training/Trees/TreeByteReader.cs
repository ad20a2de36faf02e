using System.Buffers.Binary;

namespace MlSystemDesign.Training.Trees;

/// <summary>Reads the parts of a stored ensemble; never past the end, and never allocating for more than the bytes can hold.</summary>
internal ref struct TreeByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly int _length = bytes.Length;
    private ReadOnlySpan<byte> _rest = bytes;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _rest.Length)
        {
            throw new TreeFormatException(FormattableString.Invariant(
                $"A stored tree ensemble must be whole. Got {_length} bytes, and more must follow. Take it from its source again."));
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));

    public int Integer()
    {
        ulong value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte next = Bytes(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value <= int.MaxValue ? (int)value : throw Damaged("an integer above 2147483647");
            }
        }

        throw Damaged("an integer of more than five bytes");
    }

    /// <summary>A number of items of at least <paramref name="bytesPerItem"/> bytes, all of which must still follow.</summary>
    public int Count(int bytesPerItem)
    {
        int count = Integer();
        return (long)count * bytesPerItem <= _rest.Length
            ? count
            : throw Damaged(FormattableString.Invariant($"a count of {count} with {_rest.Length} bytes left"));
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Damaged(FormattableString.Invariant($"{_rest.Length} bytes after the last tree"));
        }
    }

    private static TreeFormatException Damaged(string got) =>
        new($"A stored tree ensemble must be as it was written. Got {got}. Take it from its source again.");
}
