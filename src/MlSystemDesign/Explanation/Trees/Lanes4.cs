using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>Four nodes: enough for paths of up to 8 features.</summary>
internal readonly struct Lanes4(Vector256<double> values) : ILanes<Lanes4>
{
    private readonly Vector256<double> _values = values;

    public static int Count => 4;

    public static Lanes4 One => new(Vector256<double>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 left, Lanes4 right) => new(left._values + right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 left, Lanes4 right) => new(left._values * right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref double origin, nint offset) => new(Vector256.LoadUnsafe(ref Unsafe.Add(ref origin, offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Broadcast(ref double origin, nint offset) => new(Vector256.Create(Unsafe.Add(ref origin, offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Select(Lanes4 mask, Lanes4 whereSet, Lanes4 whereClear) => new(Vector256.ConditionalSelect(mask._values, whereSet._values, whereClear._values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double origin, nint offset) => _values.StoreUnsafe(ref Unsafe.Add(ref origin, offset));
}
