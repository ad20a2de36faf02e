using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>Eight nodes in one register, where the processor has registers of 512 bits.</summary>
internal readonly struct WideLanes8(Vector512<double> values) : ILanes<WideLanes8>
{
    private readonly Vector512<double> _values = values;

    public static int Count => 8;

    public static WideLanes8 One => new(Vector512<double>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes8 operator +(WideLanes8 left, WideLanes8 right) => new(left._values + right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes8 operator *(WideLanes8 left, WideLanes8 right) => new(left._values * right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes8 Load(ref double origin, nint offset) => new(Vector512.LoadUnsafe(ref Unsafe.Add(ref origin, offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes8 Broadcast(ref double origin, nint offset) => new(Vector512.Create(Unsafe.Add(ref origin, offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes8 Select(WideLanes8 mask, WideLanes8 whereSet, WideLanes8 whereClear) => new(Vector512.ConditionalSelect(mask._values, whereSet._values, whereClear._values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double origin, nint offset) => _values.StoreUnsafe(ref Unsafe.Add(ref origin, offset));
}
