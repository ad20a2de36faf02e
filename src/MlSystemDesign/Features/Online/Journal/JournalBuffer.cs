using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MlSystemDesign.Features;

/// <summary>Bytes to be written, with room to grow.</summary>
internal sealed class JournalBuffer
{
    private const int RetainedBytes = 1 << 20;
    private byte[] _bytes = new byte[1 << 12];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Returns bytes that were written, to be changed.</summary>
    internal Span<byte> At(int start, int length) => _bytes.AsSpan(start, length);

    /// <summary>Takes back what was written from a position on.</summary>
    internal void Truncate(int length) => Length = length;

    /// <summary>Empties it. The room of an extraordinary row is not kept.</summary>
    internal void Clear()
    {
        Length = 0;
        if (_bytes.Length > RetainedBytes)
        {
            _bytes = new byte[1 << 12];
        }
    }

    /// <summary>Appends bytes for the caller to fill.</summary>
    internal Span<byte> Take(int count)
    {
        int start = Length, end = checked(start + count);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(end, 2L * _bytes.Length), Array.MaxLength));
        }

        Length = end;
        return _bytes.AsSpan(start, count);
    }

    internal void WriteByte(byte value) => Take(1)[0] = value;

    internal void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    /// <summary>Writes seven bits per byte, the lowest first.</summary>
    internal void WriteCount(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            WriteByte((byte)(value | 0x80));
        }

        WriteByte((byte)value);
    }

    internal void WriteNumbers(ReadOnlySpan<double> numbers)
    {
        Span<byte> bytes = Take(checked(numbers.Length * sizeof(double)));
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(i * sizeof(double))..], BitConverter.DoubleToInt64Bits(numbers[i]));
        }
    }

    /// <summary>Writes a text as it is: ASCII in single bytes, any other in UTF-16, because UTF-8 would change halves of surrogate pairs.</summary>
    internal void WriteText(string text)
    {
        bool isWide = !Ascii.IsValid(text);
        WriteCount(((uint)text.Length << 1) | (isWide ? 1u : 0));
        if (!isWide)
        {
            Ascii.FromUtf16(text, Take(text.Length), out _);
            return;
        }

        Span<byte> bytes = Take(checked(text.Length * sizeof(char)));
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(bytes);
        }
        else
        {
            Encoding.Unicode.GetBytes(text, bytes);
        }
    }

    internal void WriteKey(EntityKey key)
    {
        EntityKeyKind kind = key.Kind;
        WriteByte((byte)kind);
        switch (kind)
        {
            case EntityKeyKind.Integer:
                _ = key.TryGetInteger(out long integer);
                WriteInt64(integer);
                break;
            case EntityKeyKind.Guid:
                _ = key.TryGetGuid(out Guid guid);
                _ = guid.TryWriteBytes(Take(16));
                break;
            case EntityKeyKind.Composite:
                IReadOnlyList<EntityKey> parts = key.Parts;
                WriteCount((uint)parts.Count);
                for (int i = 0; i < parts.Count; i++)
                {
                    WriteKey(parts[i]);
                }

                break;
            default:
                WriteText(key.ToString());
                break;
        }
    }
}
