using System.Buffers;
using System.Runtime.InteropServices;

namespace MlSystemDesign.Parquet.Arrow;

/// <summary>Bytes of an Arrow buffer seen as values, without a copy. The record batch must stay undisposed until the history is built.</summary>
internal sealed class ArrowValues<T>(ReadOnlyMemory<byte> bytes) : MemoryManager<T>
    where T : unmanaged
{
    /// <summary>Returns some of the values.</summary>
    /// <param name="bytes">The buffer.</param>
    /// <param name="offset">The first value.</param>
    /// <param name="length">How many.</param>
    public static ReadOnlyMemory<T> Of(ReadOnlyMemory<byte> bytes, int offset, int length) => length == 0 ? default : new ArrowValues<T>(bytes).Memory.Slice(offset, length);

    public override Span<T> GetSpan() => MemoryMarshal.Cast<byte, T>(MemoryMarshal.AsMemory(bytes).Span);

    public override MemoryHandle Pin(int elementIndex = 0) => bytes[(elementIndex * Marshal.SizeOf<T>())..].Pin();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
