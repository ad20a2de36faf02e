using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MlSystemDesign.Lifecycle;

/// <summary>The ids of a ledger's records, as 128-bit hashes: two different ids never meet in practice, whoever chose them.</summary>
internal sealed class LedgerIds
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly HashSet<UInt128> _hashes = [];

    internal int Count => _hashes.Count;

    /// <summary>Returns the first half of the SHA-256 of an id.</summary>
    /// <exception cref="ArgumentException">The id is no valid Unicode text.</exception>
    internal static UInt128 HashOf(string? id)
    {
        try
        {
            return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Utf8.GetBytes(id ?? string.Empty)));
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("The id of a ledger record must be valid Unicode text. Got half a surrogate pair. Derive the id from readable text.", nameof(id), e);
        }
    }

    internal bool Contains(UInt128 hash) => _hashes.Contains(hash);

    internal void Add(UInt128 hash) => _hashes.Add(hash);

    internal void Add(IEnumerable<UInt128> hashes) => _hashes.UnionWith(hashes);
}
