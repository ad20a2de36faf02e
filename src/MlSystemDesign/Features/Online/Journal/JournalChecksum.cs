using System.Buffers.Binary;
using System.Numerics;

namespace MlSystemDesign.Features;

/// <summary>CRC-32C: finds every flipped byte and every burst of up to 32 bits, and other damage but for one case in 2³².</summary>
internal static class JournalChecksum
{
    /// <summary>Returns the checksum of a record's head, which binds the record to its place: a length cannot be altered, nor a record moved, unseen.</summary>
    internal static uint OfHead(long file, long offset, uint length) =>
        BitOperations.Crc32C(BitOperations.Crc32C(BitOperations.Crc32C(~0u, (ulong)file), (ulong)offset), length);

    /// <summary>Continues a checksum.</summary>
    internal static uint Of(uint seed, ReadOnlySpan<byte> bytes)
    {
        uint sum = seed;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte b in bytes)
        {
            sum = BitOperations.Crc32C(sum, b);
        }

        return sum;
    }
}
