namespace MlSystemDesign.Testing.Features;

/// <summary>What a number feature must be: a value, and how far off a computation in doubles may be.</summary>
/// <param name="Value">The value; NaN is missing.</param>
/// <param name="Tolerance">The largest difference allowed; 0 asks for the number itself.</param>
/// <param name="MayBeMissing">Whether sums of powers on the way may leave the range of double though the value does not.</param>
internal readonly record struct ReferenceValue(double Value, double Tolerance = 0, bool MayBeMissing = false)
{
    /// <summary>Gets missing.</summary>
    internal static ReferenceValue Missing => new(double.NaN);

    internal bool Allows(double got) => double.IsNaN(got) ? double.IsNaN(Value) || MayBeMissing : double.IsFinite(got) && Math.Abs(got - Value) <= Tolerance;
}
