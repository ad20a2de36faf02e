using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>Doubles that begin at a cache line and never move: a vector of eight then lies in one line.</summary>
internal sealed class AlignedDoubles
{
    private const int Line = 64;

    private readonly double[] _array;
    private readonly int _start;

    internal AlignedDoubles(int length)
    {
        _array = GC.AllocateArray<double>(length + (Line / sizeof(double)), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)((Line - (address & (Line - 1))) & (Line - 1)) / sizeof(double);
        Length = length;
    }

    internal int Length { get; }

    internal Span<double> Span => _array.AsSpan(_start, Length);

    internal ref double Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);
}
