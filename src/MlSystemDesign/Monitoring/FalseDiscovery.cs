namespace MlSystemDesign.Monitoring;

/// <summary>Adjusts p-values for the number of tests.</summary>
internal static class FalseDiscovery
{
    /// <summary>Adjusts p-values, so that those at most q are the discoveries at false discovery rate q.</summary>
    /// <param name="pValues">k p-values in [0, 1], in any order.</param>
    /// <param name="control">The procedure.</param>
    /// <returns>k adjusted p-values in [0, 1], in the same order.</returns>
    /// <remarks>Step-up: min over ranks j ≥ i of p₍ⱼ₎·k·c/j, where c = 1 (Benjamini and Hochberg, JRSS B 57(1), 1995) or Σ 1/j (Benjamini and
    /// Yekutieli, Annals of Statistics 29(4), 2001). O(k log k).</remarks>
    internal static double[] Adjust(ReadOnlySpan<double> pValues, FalseDiscoveryControl control)
    {
        int k = pValues.Length;
        double[] sorted = pValues.ToArray();
        int[] order = new int[k];
        double harmonic = 0;
        for (int i = 0; i < k; i++)
        {
            order[i] = i;
            harmonic += 1.0 / (i + 1);
        }

        Array.Sort(sorted, order);
        double factor = control == FalseDiscoveryControl.BenjaminiHochberg ? k : k * harmonic;
        double[] adjusted = new double[k];
        double least = 1;
        for (int i = k - 1; i >= 0; i--)
        {
            least = Math.Min(least, sorted[i] * factor / (i + 1));
            adjusted[order[i]] = least;
        }

        return adjusted;
    }
}
