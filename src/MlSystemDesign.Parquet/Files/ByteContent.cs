using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MlSystemDesign.Parquet.Files;

/// <summary>Texts as bytes: equal when every byte is.</summary>
internal sealed class ByteContent : IEqualityComparer<ReadOnlyMemory<byte>>
{
    /// <summary>UTF-8 that throws on other bytes instead of replacing them.</summary>
    public static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ByteContent()
    {
    }

    public static ByteContent Comparer { get; } = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj)
    {
        HashCode hash = default;
        hash.AddBytes(obj.Span);
        return hash.ToHashCode();
    }
}
