using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MlSystemDesign.Training;

/// <summary>A stable hash of an entity: string.GetHashCode differs from process to process.</summary>
internal static class EntityHash
{
    /// <summary>The first 64 bits of SHA-256 of "salt:key".</summary>
    internal static ulong Of(EntityKey key, string salt)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{key.ToCanonicalString()}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>The hash as a number in [0, 1).</summary>
    internal static double Share(EntityKey key, string salt) => (Of(key, salt) >> 11) / (double)(1UL << 53);
}
