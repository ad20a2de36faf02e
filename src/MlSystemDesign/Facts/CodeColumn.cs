using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Facts;

/// <summary>The codes of a category column, in as few bytes as its dictionary allows: 1, 2 or 4 each. Held plus one, so that 0 is missing.</summary>
internal sealed class CodeColumn
{
    private CodeColumn(Array items)
    {
        Bytes = items as byte[];
        Shorts = items as ushort[];
        Ints = items as int[];
        Count = items.Length;
    }

    public int Count { get; }

    /// <summary>Gets the codes plus one when they take a byte each; one of the three arrays is there.</summary>
    public byte[]? Bytes { get; }

    public ushort[]? Shorts { get; }

    public int[]? Ints { get; }

    /// <summary>Gets the bytes that one code takes.</summary>
    public int Width => Bytes is not null ? 1 : Shorts is not null ? 2 : 4;

    /// <summary>Gets a code; −1 is missing.</summary>
    public int this[int row] => (Bytes is not null ? Bytes[row] : Shorts is not null ? Shorts[row] : Ints![row]) - 1;

    /// <summary>Creates a column whose codes are to be set, every one.</summary>
    /// <param name="levels">The number of texts.</param>
    /// <param name="count">The number of rows.</param>
    public static CodeColumn ForLevels(int levels, int count) => OfWidth(levels <= byte.MaxValue ? 1 : levels <= ushort.MaxValue ? 2 : 4, count);

    public static CodeColumn OfWidth(int width, int count) => new(width switch
    {
        1 => LargeArray.Uninitialized<byte>(count),
        2 => LargeArray.Uninitialized<ushort>(count),
        _ => LargeArray.Uninitialized<int>(count),
    });

    public void Set(int row, int code)
    {
        if (Bytes is not null)
        {
            Bytes[row] = (byte)(code + 1);
        }
        else if (Shorts is not null)
        {
            Shorts[row] = (ushort)(code + 1);
        }
        else
        {
            Ints![row] = code + 1;
        }
    }

    /// <summary>Copies codes; −1 is missing.</summary>
    public void CopyTo(int start, Span<int> codes)
    {
        if (Bytes is not null)
        {
            Widen(Bytes.AsSpan(start, codes.Length), codes);
            return;
        }

        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = this[start + i];
        }
    }

    /// <summary>Returns the column with other codes.</summary>
    /// <param name="newCodeOf">The new code of each present one.</param>
    /// <param name="levels">The number of texts.</param>
    public CodeColumn Translated(ReadOnlySpan<int> newCodeOf, int levels)
    {
        CodeColumn translated = ForLevels(levels, Count);
        for (int i = 0; i < Count; i++)
        {
            translated.Set(i, this[i] < 0 ? -1 : newCodeOf[this[i]]);
        }

        return translated;
    }

    private static void Widen(ReadOnlySpan<byte> small, Span<int> codes)
    {
        int i = 0;
        ref byte from = ref MemoryMarshal.GetReference(small);
        ref uint to = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<int, uint>(codes));
        for (; i <= small.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            (Vector128<uint> a, Vector128<uint> b) = Vector128.Widen(low);
            (Vector128<uint> c, Vector128<uint> d) = Vector128.Widen(high);
            (a - Vector128<uint>.One).StoreUnsafe(ref to, (nuint)i);
            (b - Vector128<uint>.One).StoreUnsafe(ref to, (nuint)i + 4);
            (c - Vector128<uint>.One).StoreUnsafe(ref to, (nuint)i + 8);
            (d - Vector128<uint>.One).StoreUnsafe(ref to, (nuint)i + 12);
        }

        for (; i < small.Length; i++)
        {
            codes[i] = small[i] - 1;
        }
    }
}
