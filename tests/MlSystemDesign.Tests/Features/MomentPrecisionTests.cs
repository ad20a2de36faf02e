using System.Numerics;
using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Features;

/// <summary>Precision against exact rational arithmetic, where naive formulas lose their digits.</summary>
public sealed class MomentPrecisionTests
{
    // The relative error allowed. Seconds as doubles lose 5 digits on the first case, sums of squares about 0 lose all on the second.
    private const double Tolerance = 1e-13;

    [Fact]
    public void Slope_OfEventsAMicrosecondApart_KeepsItsDigits()
    {
        long[] ticks = [Newest, Newest - 10, Newest - 20, Newest - 40];
        double[] values = [19.99, 18.5, 7.25, 20];

        Relative(Run(FeatureAggregate.Slope, ticks, values), ExactSlope(ticks, values)).Should().BeLessThan(Tolerance);
    }

    [Fact]
    public void Slope_OfTwoEventsAMicrosecondApartLongAgo_KeepsItsDigits()
    {
        long[] ticks = [Newest - (80 * TimeSpan.TicksPerDay), Newest - (80 * TimeSpan.TicksPerDay) - 10];

        Run(FeatureAggregate.Slope, ticks, [3, 1]).Should().Be(2.0 / 10 * TimeSpan.TicksPerDay);
    }

    [Fact]
    public void Std_OfValuesFarFromZero_KeepsItsDigits()
    {
        double[] values = [1e9 + 0.25, 1e9 + 0.5, 1e9 + 0.125, 1e9 + 1];

        Relative(Run(FeatureAggregate.Std, Ticks(4), values), ExactStd(values)).Should().BeLessThan(Tolerance);
    }

    [Fact]
    public void StdAndSlope_WithAnOutlierAsPivot_KeepTheirDigits()
    {
        double[] values = [1e6, .. Enumerable.Range(0, 500).Select(i => 1 + (i * 0.001))];
        long[] ticks = Ticks(values.Length);

        // The worst pivot there is costs a factor of n, here 501.
        Relative(Run(FeatureAggregate.Std, ticks, values), ExactStd(values)).Should().BeLessThan(501 * 1e-15);
        Relative(Run(FeatureAggregate.Slope, ticks, values), ExactSlope(ticks, values)).Should().BeLessThan(501 * 1e-15);
    }

    [Fact]
    public void Std_OfRandomValues_AgreesWithExactArithmetic() => Gen.Int[-1_000_000, 1_000_000].Array[2, 40].Sample(
        cents =>
        {
            double[] values = [.. cents.Select(c => c / 100.0)];
            double exact = ExactStd(values);
            Math.Abs(Run(FeatureAggregate.Std, Ticks(values.Length), values) - exact).Should().BeLessThanOrEqualTo(Tolerance * Math.Max(exact, 0.01));
        },
        iter: 500);

    [Fact]
    public void Slope_OfRandomTimesAndValues_AgreesWithExactArithmetic() => Gen.Select(Gen.Int[0, 1_000_000_000], Gen.Int[-1_000_000, 1_000_000]).Array[2, 40].Sample(
        events =>
        {
            long[] ticks = [.. events.Select(e => Newest - e.Item1).OrderDescending()];
            double[] values = [.. events.Select(e => e.Item2 / 100.0)];
            if (ticks[0] == ticks[^1])
            {
                return;
            }

            // The error is measured against the slope of a line through the spread of both: the exact one may be as good as 0.
            double scale = ExactStd(values) / ExactStd([.. ticks.Select(t => (double)(t - ticks[^1]))]) * TimeSpan.TicksPerDay;
            Math.Abs(Run(FeatureAggregate.Slope, ticks, values) - ExactSlope(ticks, values)).Should().BeLessThanOrEqualTo(Tolerance * scale);
        },
        iter: 500);

    [Fact]
    public void Moments_OfNestedWindows_GiveWhatEachWindowGivesAlone()
    {
        double[] values = [double.NaN, 0.1, 0.2, double.NaN, 0.3, 19.99, -7.5, 1e9, 0.7];
        long[] ticks = Ticks(values.Length);
        int[] ends = [1, 2, 5, 9];
        FeatureDefinition[] nested =
        [
            .. from end in ends from aggregate in Aggregates select Feature(aggregate, TimeSpan.FromTicks(Newest + 1 - ticks[end - 1])) with { Name = $"{aggregate} {end}" },
        ];

        FeatureTable together = Build(ticks, values, nested);

        foreach (FeatureDefinition feature in nested)
        {
            int end = int.Parse(feature.Name.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            double alone = Run(feature.Aggregate, ticks[..end], values[..end]);
            BitConverter.DoubleToInt64Bits(together.Numbers(feature.Name)[0]).Should().Be(BitConverter.DoubleToInt64Bits(alone), feature.Name);
        }
    }

    private static FeatureAggregate[] Aggregates =>
        [FeatureAggregate.Sum, FeatureAggregate.Mean, FeatureAggregate.Min, FeatureAggregate.Max, FeatureAggregate.Std, FeatureAggregate.Slope];

    private static long Newest => World.At(20).UtcTicks;

    private static long[] Ticks(int count) => [.. Enumerable.Range(0, count).Select(i => Newest - (i * 7_777_777L))];

    private static double Run(FeatureAggregate aggregate, long[] ticks, double[] values) =>
        Build(ticks, values, Feature(aggregate, FeatureWindow.WholeHistory)).Numbers(0)[0];

    private static FeatureDefinition Feature(FeatureAggregate aggregate, FeatureWindow window) =>
        new() { Name = "x", Source = "activities", Aggregate = aggregate, Column = "amount", Window = window };

    private static FeatureTable Build(long[] ticks, double[] values, params FeatureDefinition[] features)
    {
        InMemoryHistory history = new HistoryBuilder().AddEvents("activities", ticks.Zip(values), m => m
            .Entity(_ => "anna").Time(d => (DateTimeOffset?)new DateTimeOffset(d.First, TimeSpan.Zero)).Number("amount", d => (double?)d.Second)).Build().History;
        return new BatchFeatureBuilder(new FeaturePlan(features), 1).Build(history, ObservationSet.At(["anna"], new DateTimeOffset(Newest + 1, TimeSpan.Zero)));
    }

    private static double Relative(double got, double exact) => Math.Abs(got - exact) / Math.Abs(exact);

    private static double ExactStd(double[] values)
    {
        // n Σ v² − (Σ v)² over n (n − 1), with every double taken as an integer times 2^-1074.
        BigInteger[] scaled = [.. values.Select(Scaled)];
        BigInteger n = values.Length, sum = scaled.Aggregate(BigInteger.Zero, (a, b) => a + b), squares = scaled.Aggregate(BigInteger.Zero, (a, b) => a + (b * b));
        return Math.Sqrt(Ratio((n * squares) - (sum * sum), n * (n - 1) * BigInteger.Pow(2, 2 * 1074)));
    }

    private static double ExactSlope(long[] ticks, double[] values)
    {
        BigInteger n = values.Length, t = 0, v = 0, tt = 0, tv = 0;
        for (int i = 0; i < values.Length; i++)
        {
            BigInteger time = ticks[i] - ticks[0], value = Scaled(values[i]);
            (t, v, tt, tv) = (t + time, v + value, tt + (time * time), tv + (time * value));
        }

        return Ratio(((n * tv) - (t * v)) * TimeSpan.TicksPerDay, ((n * tt) - (t * t)) * BigInteger.Pow(2, 1074));
    }

    private static BigInteger Scaled(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFFL) | (exponent == 0 ? 0 : 1L << 52);
        return (bits < 0 ? -mantissa : mantissa) << Math.Max(exponent, 1) - 1;
    }

    // 64 bits of quotient, then the power of two back: far more digits than a double has.
    private static double Ratio(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        int shift = (int)(denominator.GetBitLength() - numerator.GetBitLength()) + 64;
        BigInteger quotient = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }
}
