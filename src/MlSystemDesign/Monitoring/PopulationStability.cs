using MathNet.Numerics.Distributions;

namespace MlSystemDesign.Monitoring;

/// <summary>The population stability index, with what chance alone would give.</summary>
/// <param name="Index">Σ (qᵢ − pᵢ)·ln(qᵢ/pᵢ) over bins, at least 0.</param>
/// <param name="NullUpper">The value that chance exceeds in 5 % of cases when nothing changed.</param>
/// <param name="Bins">The number of bins B.</param>
internal readonly record struct PopulationStability(double Index, double NullUpper, int Bins)
{
    /// <summary>Compares counts by bin.</summary>
    /// <param name="reference">Rows per bin; some bin has rows.</param>
    /// <param name="current">Rows per bin, as many bins; some bin has rows.</param>
    /// <remarks>When a bin is empty on one side, half a row is added to every bin of both sides, so that the logarithm exists and the shares still sum to 1.
    /// Null law: PSI ~ χ²(B − 1)·(1/m + 1/n) (Yurdakul, Western Michigan University, 2018); for the usual limits 0.1 and 0.2 chance alone is enough
    /// when n is small.</remarks>
    internal static PopulationStability Of(ReadOnlySpan<int> reference, ReadOnlySpan<int> current)
    {
        int bins = reference.Length;
        long m = 0, n = 0;
        double added = 0;
        for (int i = 0; i < bins; i++)
        {
            m += reference[i];
            n += current[i];
            added = reference[i] == 0 || current[i] == 0 ? 0.5 : added;
        }

        double index = 0;
        for (int i = 0; i < bins; i++)
        {
            double p = (reference[i] + added) / (m + (bins * added)), q = (current[i] + added) / (n + (bins * added));
            index += (q - p) * Math.Log(q / p);
        }

        return new PopulationStability(index, bins < 2 ? 0 : ChiSquared.InvCDF(bins - 1, 0.95) * ((1.0 / m) + (1.0 / n)), bins);
    }

    /// <summary>Counts both sides in the reference's deciles; equal edges are one edge, so ties make fewer bins.</summary>
    /// <param name="reference">The reference, at least one value.</param>
    /// <param name="current">At least one value, ascending.</param>
    /// <returns>The index, or <see langword="null"/> when the reference has one value only.</returns>
    internal static PopulationStability? OfDeciles(NumberReference reference, ReadOnlySpan<double> current)
    {
        int m = reference.Count, point = 0, at = 0, referenceBefore = 0;
        List<int> expected = [], observed = [];
        for (int decile = 1; decile < 10; decile++)
        {
            while ((long)reference.AtOrBelow[point] * 10 < (long)m * decile)
            {
                point++;
            }

            if (reference.AtOrBelow[point] == m)
            {
                break;
            }

            if (reference.AtOrBelow[point] == referenceBefore)
            {
                continue;
            }

            int before = at;
            while (at < current.Length && current[at] <= reference.Values[point])
            {
                at++;
            }

            expected.Add(reference.AtOrBelow[point] - referenceBefore);
            observed.Add(at - before);
            referenceBefore = reference.AtOrBelow[point];
        }

        if (expected.Count == 0)
        {
            return null;
        }

        expected.Add(m - referenceBefore);
        observed.Add(current.Length - at);
        return Of(expected.ToArray(), observed.ToArray());
    }
}
