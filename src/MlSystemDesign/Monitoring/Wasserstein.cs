namespace MlSystemDesign.Monitoring;

/// <summary>By how much values must move on average to turn one sample into the other.</summary>
internal static class Wasserstein
{
    /// <summary>The Wasserstein-1 distance of two samples: ∫ |F − G|, in the unit of the values; 0 when their distributions are equal.</summary>
    /// <param name="first">At least one value, ascending, finite.</param>
    /// <param name="second">Likewise.</param>
    /// <remarks>O(n + m). Source: Vallender, Theory of Probability and Its Applications 18(4), 1974.</remarks>
    internal static double Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double distance = 0, at = Math.Min(first[0], second[0]);
        int i = 0, j = 0;
        while (i < first.Length && j < second.Length)
        {
            double next = Math.Min(first[i], second[j]);
            distance += Gap(i, first.Length, j, second.Length) * (next - at);
            at = next;
            while (i < first.Length && first[i] <= at)
            {
                i++;
            }

            while (j < second.Length && second[j] <= at)
            {
                j++;
            }
        }

        // One sample is used up; the other holds the rest of its mass above.
        for (; i < first.Length; i++)
        {
            distance += Gap(i, first.Length, j, second.Length) * (first[i] - at);
            at = first[i];
        }

        for (; j < second.Length; j++)
        {
            distance += Gap(i, first.Length, j, second.Length) * (second[j] - at);
            at = second[j];
        }

        return distance;
    }

    private static double Gap(int i, int n, int j, int m) => Math.Abs(((double)i / n) - ((double)j / m));
}
