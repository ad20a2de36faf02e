using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Features;

/// <summary>Results as a table holds them: what is not finite is missing, because no model can use infinity.</summary>
internal static class Finite
{
    /// <summary>Returns the value; NaN, always with the same bits, when it is not finite. Adding 0 turns −0 into 0, so that a tie between them leaves no trace.</summary>
    internal static double Or(double value) => double.IsFinite(value) ? value + 0.0 : double.NaN;

    /// <summary>Does the same with four values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Or(Vector256<double> values)
    {
        Vector256<double> finite = Vector256.Equals(values - values, Vector256<double>.Zero);
        return Vector256.ConditionalSelect(finite, values + Vector256<double>.Zero, Vector256.Create(double.NaN));
    }
}
