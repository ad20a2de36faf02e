using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace MlSystemDesign.Features;

/// <summary>Asks for memory before it is needed. Entities are short and lie apart, so that the processor does not guess by itself what comes next, and waits.</summary>
internal static class Prefetch
{
    private const int LineBytes = 64;
    private const int Lines = 12; // of each column; the rest of a long run is read in order, and guessed

    /// <summary>Asks for the first lines of a part of a column. Changes nothing, and does nothing where the processor has no such instruction.</summary>
    /// <param name="column">The column.</param>
    /// <param name="start">Where the part starts.</param>
    /// <param name="count">How many items it has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Start<T>(T[] column, int start, int count)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        // An address that the collector moves meanwhile is a hint in vain, and no fault.
        byte* first = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(column), start));
        int bytes = Math.Min(count * sizeof(T), Lines * LineBytes);
        for (int at = 0; at < bytes; at += LineBytes)
        {
            Sse.Prefetch0(first + at);
        }
    }
}
