namespace MlSystemDesign.Monitoring;

/// <summary>Tests whether the levels of a category are distributed alike in two samples.</summary>
/// <param name="Pearson">Pearson's χ² over the frequent levels; 0 with fewer than two.</param>
/// <param name="Degrees">Its degrees of freedom.</param>
/// <param name="PValue">A p-value in (0, 1].</param>
/// <param name="CramersV">The effect, corrected for the bias of small samples, in [0, 1].</param>
internal readonly record struct ContingencyTest(double Pearson, int Degrees, double PValue, double CramersV)
{
    /// <summary>Levels expected less often than this on a side are pooled.</summary>
    private const double FewExpected = 5;

    /// <summary>Compares counts per level.</summary>
    /// <param name="reference">Reference rows per level.</param>
    /// <param name="current">Current rows per level, as many levels.</param>
    /// <returns>The test, or <see langword="null"/> when no level, or only one and no rare ones, occurs: there is nothing to compare.</returns>
    /// <remarks>Levels whose expected count is below 5 on a side are pooled by their total count, which does not favour either side; unseen and vanished rare
    /// levels are among them. Two tests, Bonferroni: χ² over the frequent levels, and the pooled share by <see cref="ProportionTest"/>. For χ² the larger
    /// of Pearson's and the likelihood-ratio p-value counts: Pearson's alone is up to five times too small at p = 0.0001 when expected counts are near 5
    /// and the sides differ in size. V is that of the table with both sides weighted equally, √(½ Σ (p − q)²/(p + q)), so that it does not depend on
    /// the sizes; its expectation under no change, (K − 1)(1/m + 1/n)/4, is taken off before the root (in the manner of Bergsma 2013).</remarks>
    internal static ContingencyTest? Compare(ReadOnlySpan<int> reference, ReadOnlySpan<int> current)
    {
        (int[] expected, int[] observed, bool lastIsPool) = Pool(reference, current);
        int frequent = expected.Length - (lastIsPool ? 1 : 0);
        int m = Sum(expected), n = Sum(observed);
        if (expected.Length < 2)
        {
            return null;
        }

        double pearson = 0, p = 1;
        if (frequent >= 2)
        {
            (pearson, double likelihoodRatio) = ChiSquare(expected.AsSpan(0, frequent), observed.AsSpan(0, frequent));
            p = Math.Max(ProportionTest.ChiSquareTail(frequent - 1, pearson), ProportionTest.ChiSquareTail(frequent - 1, likelihoodRatio));
        }

        if (lastIsPool)
        {
            double rare = ProportionTest.PValue(expected[^1], m, observed[^1], n);
            p = frequent >= 2 ? Math.Min(1, 2 * Math.Min(p, rare)) : rare;
        }

        return new ContingencyTest(pearson, Math.Max(0, frequent - 1), p, EffectSize(expected, observed, m, n));
    }

    /// <summary>Pools the rare levels into one bin at the end; leaves out levels that occur nowhere.</summary>
    internal static (int[] Reference, int[] Current, bool LastIsPool) Pool(ReadOnlySpan<int> reference, ReadOnlySpan<int> current)
    {
        double m = Sum(reference), n = Sum(current);
        List<int> expected = [], observed = [];
        int pooledReference = 0, pooledCurrent = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double total = (double)reference[i] + current[i];
            if (total * Math.Min(m, n) / (m + n) < FewExpected)
            {
                pooledReference += reference[i];
                pooledCurrent += current[i];
            }
            else
            {
                expected.Add(reference[i]);
                observed.Add(current[i]);
            }
        }

        bool pooled = pooledReference + pooledCurrent > 0;
        if (pooled)
        {
            expected.Add(pooledReference);
            observed.Add(pooledCurrent);
        }

        return (expected.ToArray(), observed.ToArray(), pooled);
    }

    /// <summary>Pearson's and the likelihood-ratio χ² of a 2 × K table without empty columns.</summary>
    internal static (double Pearson, double LikelihoodRatio) ChiSquare(ReadOnlySpan<int> reference, ReadOnlySpan<int> current)
    {
        double m = Sum(reference), n = Sum(current), pearson = 0, likelihoodRatio = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double total = (double)reference[i] + current[i];
            Add(reference[i], total * m / (m + n));
            Add(current[i], total * n / (m + n));
        }

        return (pearson, Math.Max(0, likelihoodRatio));

        void Add(double observed, double expected)
        {
            pearson += expected > 0 ? (observed - expected) * (observed - expected) / expected : 0;
            likelihoodRatio += observed > 0 ? 2 * observed * Math.Log(observed / expected) : 0;
        }
    }

    /// <summary>Cramér's V with equally weighted sides, corrected for bias.</summary>
    internal static double EffectSize(ReadOnlySpan<int> reference, ReadOnlySpan<int> current, double m, double n)
    {
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double p = reference[i] / m, q = current[i] / n;
            sum += p + q > 0 ? (p - q) * (p - q) / (p + q) : 0;
        }

        return Math.Sqrt(Math.Max(0, (sum / 2) - ((reference.Length - 1) * ((1 / m) + (1 / n)) / 4)));
    }

    private static int Sum(ReadOnlySpan<int> counts)
    {
        int sum = 0;
        foreach (int count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
