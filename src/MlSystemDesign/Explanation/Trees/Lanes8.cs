using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>Eight nodes in two registers of four.</summary>
internal readonly struct Lanes8(Vector256<double> low, Vector256<double> high) : ILanes<Lanes8>
{
    private readonly Vector256<double> _low = low;
    private readonly Vector256<double> _high = high;

    public static int Count => 8;

    public static Lanes8 One => new(Vector256<double>.One, Vector256<double>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 left, Lanes8 right) => new(left._low + right._low, left._high + right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 left, Lanes8 right) => new(left._low * right._low, left._high * right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(ref double origin, nint offset)
    {
        ref double first = ref Unsafe.Add(ref origin, offset);
        return new(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Broadcast(ref double origin, nint offset)
    {
        Vector256<double> value = Vector256.Create(Unsafe.Add(ref origin, offset));
        return new(value, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Select(Lanes8 mask, Lanes8 whereSet, Lanes8 whereClear) => new(
        Select(mask._low, whereSet._low, whereClear._low), Select(mask._high, whereSet._high, whereClear._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double origin, nint offset)
    {
        ref double first = ref Unsafe.Add(ref origin, offset);
        _low.StoreUnsafe(ref first);
        _high.StoreUnsafe(ref first, 4);
    }

    // Not ConditionalSelect: without knowing that the mask is one it takes three instructions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Select(Vector256<double> mask, Vector256<double> whereSet, Vector256<double> whereClear) =>
        Avx.IsSupported ? Avx.BlendVariable(whereClear, whereSet, mask) : Vector256.ConditionalSelect(mask, whereSet, whereClear);
}
