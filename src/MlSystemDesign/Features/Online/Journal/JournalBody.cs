using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MlSystemDesign.Features;

/// <summary>Reads the body of a record, from its start to its end.</summary>
internal ref struct JournalBody(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>Gets what is not read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    internal ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    internal byte ReadByte() => Take(1)[0];

    internal long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    internal uint ReadCount()
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = ReadByte();
            value |= (uint)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    internal void ReadNumbers(Span<double> numbers)
    {
        ReadOnlySpan<byte> taken = Take(numbers.Length * sizeof(double));
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(taken[(i * sizeof(double))..]));
        }
    }

    /// <summary>Reads a text into a buffer, which grows to hold it.</summary>
    internal ReadOnlySpan<char> ReadText(ref char[] buffer)
    {
        uint count = ReadCount();
        int length = (int)(count >> 1);
        if (buffer.Length < length)
        {
            buffer = new char[length];
        }

        Span<char> text = buffer.AsSpan(0, length);
        if ((count & 1) == 0)
        {
            Ascii.ToUtf16(Take(length), text, out _);
        }
        else if (BitConverter.IsLittleEndian)
        {
            Take(length * sizeof(char)).CopyTo(MemoryMarshal.AsBytes(text));
        }
        else
        {
            Encoding.Unicode.GetChars(Take(length * sizeof(char)), text);
        }

        return text;
    }

    /// <summary>Reads over a key.</summary>
    /// <returns>Its bytes.</returns>
    internal ReadOnlySpan<byte> SkipKey()
    {
        ReadOnlySpan<byte> from = _rest;
        Skip();
        return from[..(from.Length - _rest.Length)];
    }

    internal EntityKey ReadKey(ref char[] buffer)
    {
        switch ((EntityKeyKind)ReadByte())
        {
            case EntityKeyKind.Integer:
                return new EntityKey(ReadInt64());
            case EntityKeyKind.Guid:
                return new EntityKey(new Guid(Take(16)));
            case EntityKeyKind.Composite:
                EntityKey[] parts = new EntityKey[ReadCount()];
                for (int i = 0; i < parts.Length; i++)
                {
                    parts[i] = ReadKey(ref buffer);
                }

                return EntityKey.Composite(parts);
            default:
                return new EntityKey(ReadText(ref buffer).ToString());
        }
    }

    private void Skip()
    {
        switch ((EntityKeyKind)ReadByte())
        {
            case EntityKeyKind.Integer:
                Take(sizeof(long));
                break;
            case EntityKeyKind.Guid:
                Take(16);
                break;
            case EntityKeyKind.Composite:
                for (uint parts = ReadCount(); parts > 0; parts--)
                {
                    Skip();
                }

                break;
            default:
                uint count = ReadCount();
                Take((int)(count >> 1) * ((count & 1) == 0 ? 1 : sizeof(char)));
                break;
        }
    }
}
