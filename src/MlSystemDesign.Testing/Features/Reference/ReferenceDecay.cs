namespace MlSystemDesign.Testing.Features;

/// <summary>Sums and means weighted by 2^(−age/half-life), the age at the cutoff.</summary>
internal static class ReferenceDecay
{
    // An exponent of 1000 in double is off by 1e-13, and with it the weight.
    private const double Relative = 1e-12;

    internal static ReferenceValue Sum(double[] values, long[] times, long cutoff, TimeSpan halfLife)
    {
        double[] weights = [.. times.Select(t => Weight(cutoff - t, halfLife))];
        double sum = 0, size = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i] * weights[i];
            size += Math.Abs(values[i] * weights[i]) + (Math.Abs(values[i]) * 1e-310); // a weight near the least double has few digits
        }

        return new ReferenceValue(sum, Relative * size, MayBeMissing: size > 1e307);
    }

    /// <summary>The weights are taken relative to the newest value's: however old it is, it weighs something.</summary>
    internal static ReferenceValue Mean(double[] values, long[] times, long cutoff, TimeSpan halfLife)
    {
        if (values.Length == 0)
        {
            return ReferenceValue.Missing;
        }

        ReferenceValue sum = Sum(values, times, times[0], halfLife), count = Sum([.. values.Select(_ => 1.0)], times, times[0], halfLife);
        double size = values.Select((v, i) => Math.Abs(v) * Weight(times[0] - times[i], halfLife)).Sum();
        return new ReferenceValue(sum.Value / count.Value, 4 * Relative * size / count.Value, sum.MayBeMissing);
    }

    private static double Weight(long age, TimeSpan halfLife) => Math.Pow(2, -((double)age / halfLife.Ticks));
}
