namespace MlSystemDesign.Leakage;

/// <summary>How well one column alone separates positives from negatives.</summary>
internal static class ColumnStrength
{
    /// <summary>Area under the ROC curve of values against outcomes, and the chance of one as extreme without any relation.</summary>
    /// <param name="values">n finite or infinite values.</param>
    /// <param name="outcomes">n outcomes, 0 or 1; both occur.</param>
    /// <returns>The area, max(a, 1 − a) in [0.5, 1], a tie counting half; and the two-sided p-value of the Mann-Whitney test, normal with ties.</returns>
    /// <remarks>O(n log n). Mann and Whitney, Annals of Mathematical Statistics 18, 1947.</remarks>
    internal static (double Auc, double PValue) Of(ReadOnlySpan<double> values, ReadOnlySpan<double> outcomes)
    {
        int n = values.Length;
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, n)];
        Array.Sort(sorted, order);
        double rankSum = 0, positives = 0, ties = 0;
        for (int start = 0, end; start < n; start = end)
        {
            for (end = start + 1; end < n && sorted[end] == sorted[start]; end++)
            {
            }

            double size = end - start, rank = (start + end + 1) / 2.0;
            ties += (size * size * size) - size;
            for (int i = start; i < end; i++)
            {
                if (outcomes[order[i]] == 1)
                {
                    positives++;
                    rankSum += rank;
                }
            }
        }

        double negatives = n - positives, pairs = positives * negatives, u = rankSum - (positives * (positives + 1) / 2);
        double variance = pairs / 12 * (n + 1 - (ties / ((double)n * (n - 1))));
        double z = variance <= 0 ? 0 : Math.Abs(u - (pairs / 2)) / Math.Sqrt(variance);
        return (Math.Max(u, pairs - u) / pairs, MathNet.Numerics.SpecialFunctions.Erfc(z / Math.Sqrt(2)));
    }

    /// <summary>Turns a number column into values without gaps: missing goes below everything, or above everything.</summary>
    internal static double[] WithMissing(ReadOnlySpan<double> column, bool below)
    {
        double[] values = column.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = double.IsNaN(values[i]) ? (below ? double.NegativeInfinity : double.PositiveInfinity) : values[i];
        }

        return values;
    }

    /// <summary>Turns a category column into values: the share of positives of its level among the rows of the other half of the entities.</summary>
    /// <remarks>The halves are drawn by a hash of the entity's key, so that a level never sees the outcomes of its own entity and the order of the rows does not
    /// matter. A level (missing is one) that the other half does not have gets the other half's overall share.</remarks>
    internal static double[] Encode(ReadOnlySpan<int> codes, ReadOnlySpan<double> outcomes, ReadOnlySpan<EntityKey> entities)
    {
        Dictionary<(int Half, int Code), (double Positives, double Count)> levels = [];
        int[] half = new int[codes.Length];
        double[] positives = new double[2], counts = new double[2];
        for (int i = 0; i < codes.Length; i++)
        {
            half[i] = HalfOf(entities[i]);
            (double p, double c) = levels.GetValueOrDefault((half[i], codes[i]));
            levels[(half[i], codes[i])] = (p + outcomes[i], c + 1);
            positives[half[i]] += outcomes[i];
            counts[half[i]]++;
        }

        double[] values = new double[codes.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int other = 1 - half[i];
            values[i] = levels.TryGetValue((other, codes[i]), out (double Positives, double Count) level) ? level.Positives / level.Count
                : counts[other] > 0 ? positives[other] / counts[other] : 0.5;
        }

        return values;
    }

    /// <summary>FNV-1a over the canonical key, folded to one bit: the same on every machine.</summary>
    private static int HalfOf(EntityKey entity)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in entity.ToCanonicalString())
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return int.PopCount((int)(hash ^ (hash >> 32))) & 1;
    }
}
