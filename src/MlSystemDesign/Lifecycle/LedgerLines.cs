using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlSystemDesign.Lifecycle;

/// <summary>The lines of a ledger file: eight hexadecimal digits of the SHA-256 of the JSON, a space, the JSON, a line feed.</summary>
internal static class LedgerLines
{
    private const int Digits = 8;

    /// <summary>Returns a line with its line feed.</summary>
    internal static byte[] Format<T>(T line, JsonTypeInfo<T> type)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(line, type);
        return [.. Encoding.ASCII.GetBytes(HashOf(json)), (byte)' ', .. json, (byte)'\n'];
    }

    /// <summary>Tells whether a line, without its line feed, is what was written.</summary>
    internal static bool IsIntact(ReadOnlySpan<byte> line) =>
        line.Length > Digits + 1 && line[Digits] == (byte)' ' && Encoding.ASCII.GetString(line[..Digits]) == HashOf(line[(Digits + 1)..]);

    /// <summary>Reads the JSON of an intact line.</summary>
    /// <returns>The value, or <see langword="null"/> when it is not of the type.</returns>
    internal static T? Parse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line[(Digits + 1)..], type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string HashOf(ReadOnlySpan<byte> json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        return Convert.ToHexStringLower(hash[..(Digits / 2)]);
    }
}
