namespace MlSystemDesign.Features;

/// <summary>The values of one row while it is computed. One per thread.</summary>
/// <param name="numbers">The number of number features.</param>
/// <param name="categories">The number of category features.</param>
internal sealed class RowBuffer(int numbers, int categories)
{
    /// <summary>Gets one value per number feature, and a last place for what nobody asked for.</summary>
    internal double[] Numbers { get; } = new double[numbers + 1];

    /// <summary>Gets one code per category feature.</summary>
    internal int[] Codes { get; } = new int[categories];
}
