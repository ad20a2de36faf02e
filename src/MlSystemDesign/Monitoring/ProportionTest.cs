using MathNet.Numerics;

namespace MlSystemDesign.Monitoring;

/// <summary>Tests whether a share differs between two samples.</summary>
internal static class ProportionTest
{
    /// <summary>Expected counts below this call for the exact test.</summary>
    private const double FewExpected = 5;

    /// <summary>Compares two shares.</summary>
    /// <param name="referenceHits">Rows with the property among the reference rows.</param>
    /// <param name="referenceCount">Reference rows, at least 1.</param>
    /// <param name="currentHits">Rows with the property among the current rows.</param>
    /// <param name="currentCount">Current rows, at least 1.</param>
    /// <returns>A two-sided p-value in (0, 1].</returns>
    /// <remarks>χ² with one degree of freedom and Yates' correction; Fisher's exact test when an expected count is below 5, in which one current row has the
    /// benefit of the doubt: it is counted as if it fitted. One odd row among few can therefore never be significant.</remarks>
    internal static double PValue(int referenceHits, int referenceCount, int currentHits, int currentCount)
    {
        double total = (double)referenceCount + currentCount, hits = (double)referenceHits + currentHits, misses = total - hits;
        if (hits == 0 || misses == 0)
        {
            return 1;
        }

        double least = Math.Min(referenceCount, (double)currentCount) * Math.Min(hits, misses) / total;
        if (least < FewExpected)
        {
            return FisherTail(referenceHits + currentHits, referenceCount + currentCount, currentCount, currentHits);
        }

        double difference = Math.Abs(((double)currentHits * referenceCount) - ((double)referenceHits * currentCount));
        double corrected = Math.Max(0, difference - (total / 2));
        return ChiSquareTail(1, corrected * corrected * total / hits / misses / referenceCount / currentCount);
    }

    /// <summary>P(χ² ≥ x), with the relative precision kept far out in the tail.</summary>
    internal static double ChiSquareTail(int degrees, double x) =>
        x <= 0 ? 1 : double.IsInfinity(x) ? double.Epsilon : Math.Max(double.Epsilon, SpecialFunctions.GammaUpperRegularized(degrees / 2.0, x / 2));

    /// <summary>The two-sided hypergeometric tail, after moving the count by one towards its mode.</summary>
    internal static double FisherTail(int hits, int total, int draws, int observed)
    {
        int low = Math.Max(0, draws + hits - total), high = Math.Min(draws, hits);
        int mode = (int)Math.Clamp((draws + 1.0) * (hits + 1.0) / (total + 2.0), low, high);
        if (observed == mode)
        {
            return 1;
        }

        observed += observed > mode ? -1 : 1;

        // Weights relative to the mode, whose own is 1: ratios of neighbouring terms lose nothing, also where the terms themselves underflow.
        double observedWeight = 1;
        for (int x = mode; x != observed; x += observed > mode ? 1 : -1)
        {
            observedWeight *= observed > mode ? Up(x) : 1 / Up(x - 1);
        }

        double all = 1, tail = observedWeight >= 1 - 1e-7 ? 1 : 0;
        double weight = 1;
        for (int x = mode; x < high && weight > 0; x++)
        {
            weight *= Up(x);
            all += weight;
            tail += weight <= observedWeight * (1 + 1e-7) ? weight : 0;
        }

        weight = 1;
        for (int x = mode; x > low && weight > 0; x--)
        {
            weight /= Up(x - 1);
            all += weight;
            tail += weight <= observedWeight * (1 + 1e-7) ? weight : 0;
        }

        return Math.Clamp(tail / all, double.Epsilon, 1);

        double Up(int x) => (double)(hits - x) / (x + 1) * (draws - x) / ((double)total - hits - draws + x + 1);
    }
}
