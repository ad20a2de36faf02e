namespace MlSystemDesign.Monitoring;

/// <summary>The two-sample Kolmogorov-Smirnov distance and its p-value, ties included.</summary>
/// <param name="Distance">The largest gap between the two distribution functions at a kept reference point, in [0, 1]; the true distance is at least this.</param>
/// <param name="ErrorBound">By how much the true distance can exceed it because the reference was kept as quantiles; 0 when it was kept exactly.</param>
/// <param name="PValue">The chance of at least this distance when nothing changed, in [0, 1].</param>
/// <param name="IsExact">Whether the p-value is the exact conditional one; otherwise it is the asymptotic one.</param>
internal readonly record struct KolmogorovSmirnov(double Distance, double ErrorBound, double PValue, bool IsExact)
{
    /// <summary>The largest product of both row counts for which the exact p-value is computed: some 10 ms.</summary>
    internal const long ExactLimit = 4_000_000;

    /// <summary>Compares a sample with a reference.</summary>
    /// <param name="reference">The reference with at least one value.</param>
    /// <param name="current">At least one value, ascending, no NaN.</param>
    /// <remarks>Ties: gaps are read only where both functions have taken all rows of a value. The exact p-value is conditional on the ties (Schröer and
    /// Trenkler, Computational Statistics and Data Analysis 20, 1995), and treats values between kept quantiles as untied, which only raises it. The
    /// asymptotic one (Smirnov 1939, effective size nm/(n+m)) ignores ties and is too high then: conservative. O(n + points), and O(nm) when exact.</remarks>
    internal static KolmogorovSmirnov Compare(NumberReference reference, ReadOnlySpan<double> current)
    {
        long m = reference.Count, n = current.Length, largest = 0, bound = 0, openBelow = 0, curOpen = 0;
        int at = 0;
        for (int i = 0; i < reference.Values.Length; i++)
        {
            double value = reference.Values[i];
            while (at < n && current[at] < value)
            {
                at++;
            }

            // The open interval since the last point: the reference holds from openBelow to Below[i] rows at or before any place in it.
            long below = reference.Below[i];
            bound = Math.Max(bound, Math.Max((below * n) - (curOpen * m), (at * m) - (openBelow * n)));
            largest = Math.Max(largest, Math.Abs((below * n) - (at * m)));
            while (at < n && current[at] <= value)
            {
                at++;
            }

            openBelow = reference.AtOrBelow[i];
            curOpen = at;
            largest = Math.Max(largest, Math.Abs((openBelow * n) - (at * m)));
        }

        double distance = (double)largest / (m * n);
        double error = Math.Max(0, (double)bound / (m * n) - distance);
        return m * n <= ExactLimit
            ? new KolmogorovSmirnov(distance, error, ExactTail((int)m, (int)n, largest, TieEnds(reference, current)), true)
            : new KolmogorovSmirnov(distance, error, AsymptoticTail(distance * Math.Sqrt((double)m * n / (m + n))), false);
    }

    /// <summary>P(distance ≥ largest/(mn)) over all arrangements of the pooled sample with its ties.</summary>
    /// <param name="m">Rows of one side.</param>
    /// <param name="n">Rows of the other.</param>
    /// <param name="largest">The distance times m·n.</param>
    /// <param name="tieEnds">Whether the k-th smallest of the pooled sample is the last of its value; index 0 unused.</param>
    internal static double ExactTail(int m, int n, long largest, ReadOnlySpan<bool> tieEnds)
    {
        if (largest <= 0)
        {
            return 1;
        }

        // hit[j]: the chance that a random path from (0, 0) to (i, j) has met the distance; its last step came from i - 1 with chance i/(i + j).
        double[] hit = new double[n + 1], inverse = new double[m + n + 1];
        for (int k = 1; k < inverse.Length; k++)
        {
            inverse[k] = 1.0 / k;
        }

        for (int i = 0; i <= m; i++)
        {
            long gap = (long)i * n;
            double previous = 0;
            for (int j = 0; j <= n; j++, gap -= m)
            {
                double share = inverse[i + j];
                previous = tieEnds[i + j] && Math.Abs(gap) >= largest ? 1 : (hit[j] * (i * share)) + (previous * (j * share));
                hit[j] = previous;
            }
        }

        return Math.Clamp(hit[n], 0, 1);
    }

    /// <summary>Kolmogorov's limit law: P(K ≥ x), x ≥ 0.</summary>
    internal static double AsymptoticTail(double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        double sum = 0;
        if (x < 1)
        {
            // The theta-function form converges at once where the usual series does not.
            for (int k = 1; k <= 20; k++)
            {
                double odd = (2 * k) - 1;
                sum += Math.Exp(-odd * odd * Math.PI * Math.PI / (8 * x * x));
            }

            return Math.Clamp(1 - (Math.Sqrt(2 * Math.PI) / x * sum), 0, 1);
        }

        for (int k = 10; k >= 1; k--)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * x * x);
        }

        return Math.Clamp(sum, 0, 1);
    }

    private static bool[] TieEnds(NumberReference reference, ReadOnlySpan<double> current)
    {
        bool[] ends = new bool[reference.Count + current.Length + 1];
        Array.Fill(ends, true);
        int at = 0;
        for (int i = 0; i < reference.Values.Length; i++)
        {
            double value = reference.Values[i];
            while (at < current.Length && current[at] < value)
            {
                at++;
            }

            int first = reference.Below[i] + at;
            while (at < current.Length && current[at] <= value)
            {
                at++;
            }

            // Only the last of the rows with this value ends a tie.
            Array.Fill(ends, false, first + 1, reference.AtOrBelow[i] + at - first - 1);
        }

        // Ties among current rows alone. Where quantiles hide reference rows nobody knows their places; there, values count as untied.
        for (int j = 0, point = 0; j + 1 < current.Length; j++)
        {
            while (point < reference.Values.Length && reference.Values[point] <= current[j])
            {
                point++;
            }

            int before = point == 0 ? 0 : reference.AtOrBelow[point - 1];
            bool hidden = point < reference.Values.Length && reference.Below[point] > before;
            if (current[j] == current[j + 1] && !hidden)
            {
                ends[before + j + 1] = false;
            }
        }

        return ends;
    }
}
