using CsCheck;
using MlSystemDesign.Monitoring;

namespace MlSystemDesign.Tests.Monitoring;

/// <summary>Reference values: scipy 1.10.1, statsmodels (Debian python3) and R 4.2.2, as named at each.</summary>
public sealed class TwoSampleTests
{
    private static readonly double[] X =
        [0.61, -0.29, 0.06, 0.59, -1.73, -0.74, 0.51, -0.56, 0.39, 1.64, 0.05, -0.06, 0.64, -0.82, 0.37, 1.77, 1.09, -1.28, 2.36, 1.31];

    private static readonly double[] Y = [1.05, 0.87, -0.32, 1.95, 2.67, 0.93, 1.70, 0.11, 2.13, 1.02, 0.76, -0.53, 1.88, 1.35, 0.48];

    [Fact]
    public void KolmogorovSmirnov_WithoutTies_EqualsScipyExact()
    {
        KolmogorovSmirnov test = Ks(X, Y);
        test.Distance.Should().BeApproximately(0.48333333333333334, 1e-15); // scipy.stats.ks_2samp(method='exact')
        test.PValue.Should().BeApproximately(0.026114595860107354, 1e-13);
        test.IsExact.Should().BeTrue();
        test.ErrorBound.Should().Be(0);
        Ks(Y, X).PValue.Should().BeApproximately(0.026114595860107354, 1e-13);
    }

    [Fact]
    public void KolmogorovSmirnov_WithTies_EqualsRExact()
    {
        // R 4.2.2 ks.test(a, b, exact = TRUE), conditional on the ties.
        KolmogorovSmirnov test = Ks([0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 0, 0, 1, 5, 2], [0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 2, 6]);
        test.Distance.Should().BeApproximately(0.38333333333333336, 1e-15);
        test.PValue.Should().BeApproximately(0.10950416075600089, 1e-13);

        double[] mostlyZero = [.. Enumerable.Repeat(0.0, 90), .. Enumerable.Repeat(1.0, 10)], lessZero = [.. Enumerable.Repeat(0.0, 20), .. Enumerable.Repeat(1.0, 10)];
        Ks(mostlyZero, lessZero).PValue.Should().BeApproximately(0.0038372458339646087, 1e-12); // ignoring ties it would be 0.27
    }

    [Fact]
    public void KolmogorovSmirnov_TieAmongCurrentRowsOnly_IsOneStep()
    {
        // The three current rows at 5 lie between reference values; R: ks.test(c(1,2,3,8,9), c(5,5,5,10), exact = TRUE).
        KolmogorovSmirnov test = Ks([1, 2, 3, 8, 9], [5, 5, 5, 10]);
        test.Distance.Should().BeApproximately(0.6, 1e-15);
        test.PValue.Should().BeApproximately(EnumeratedTail([1, 2, 3, 8, 9], [5, 5, 5, 10]), 1e-13);
    }

    [Theory]
    [InlineData(0.3, 0.9999906941986655)] // scipy.stats.kstwobign.sf
    [InlineData(0.5, 0.9639452436648751)]
    [InlineData(0.8, 0.5441424115741981)]
    [InlineData(0.999, 0.27107316411506394)]
    [InlineData(1, 0.26999967167735456)]
    [InlineData(1.2, 0.11224966667072497)]
    [InlineData(1.36, 0.049485876755377876)]
    [InlineData(2, 0.0006709252557796953)]
    [InlineData(3, 3.045995948942526e-08)]
    public void AsymptoticTail_EqualsScipyKstwobign(double x, double expected) =>
        KolmogorovSmirnov.AsymptoticTail(x).Should().BeApproximately(expected, 1e-12 * Math.Max(expected, 1e-4));

    [Fact]
    public void KolmogorovSmirnov_LargeSamples_UsesTheAsymptoticLaw()
    {
        double[] m = [.. Enumerable.Range(0, 5000).Select(i => (double)i)], n = [.. Enumerable.Range(0, 1000).Select(i => (i * 5.0) + 200.5)];
        KolmogorovSmirnov test = Ks(m, n);
        test.IsExact.Should().BeFalse();
        test.PValue.Should().Be(KolmogorovSmirnov.AsymptoticTail(test.Distance * Math.Sqrt(5000.0 * 1000 / 6000)));
    }

    [Fact]
    public void ExactTail_OnRandomTiedSamples_EqualsFullEnumeration() =>
        Gen.Select(Gen.Int[0, 4].Array[2, 6], Gen.Int[0, 4].Array[2, 6]).Sample((a, b) =>
        {
            double[] x = [.. a.Select(i => (double)i)], y = [.. b.Select(i => (double)i)];
            Ks(x, y).PValue.Should().BeApproximately(EnumeratedTail(x, y), 1e-12);
        });

    [Fact]
    public void KolmogorovSmirnov_OfQuantiles_BoundsTheTrueDistance() =>
        Gen.Select(Gen.Double[0, 1].Array[600, 1500], Gen.Double[0, 1.2].Array[1, 300]).Sample((x, y) =>
        {
            double truth = Ks(x, y).Distance;
            KolmogorovSmirnov kept = KolmogorovSmirnov.Compare(NumberReference.Of("x", x, 256), NumberReference.Present(y));
            kept.Distance.Should().BeLessThanOrEqualTo(truth + 1e-12);
            truth.Should().BeLessThanOrEqualTo(kept.Distance + kept.ErrorBound + 1e-12);
            kept.ErrorBound.Should().BeLessThan(1.0 / 255 + (1.0 / x.Length) + 1e-12);
        }, iter: 60);

    [Fact]
    public void NumberReference_OfQuantiles_HidesAtMostOneStepOfRanks()
    {
        double[] column = [.. Enumerable.Range(0, 100_000).Select(i => (i * 7919.0) % 100_003), .. Enumerable.Repeat(500.0, 20_000)];
        NumberReference reference = NumberReference.Of("x", column, 4096);
        reference.Values.Should().HaveCountLessThanOrEqualTo(4096).And.Contain(500);
        reference.Values[0].Should().Be(column.Min());
        reference.Values[^1].Should().Be(column.Max());
        Enumerable.Range(1, reference.Values.Length - 1).Max(i => reference.Below[i] - reference.AtOrBelow[i - 1]).Should().BeLessThan(120_000 / 4095 + 1);
    }

    [Fact]
    public void ContingencyTest_OfFrequentLevels_EqualsScipy()
    {
        // scipy.stats.chi2_contingency([[10,20,30,5],[25,15,20,15]], correction=False), and with lambda_='log-likelihood'.
        (double pearson, double ratio) = ContingencyTest.ChiSquare([10, 20, 30, 5], [25, 15, 20, 15]);
        pearson.Should().BeApproximately(13.497435897435897, 1e-12);
        ratio.Should().BeApproximately(13.88930519804681, 1e-12);
        ContingencyTest test = ContingencyTest.Compare([10, 20, 30, 5], [25, 15, 20, 15])!.Value;
        test.Degrees.Should().Be(3);
        test.PValue.Should().BeApproximately(0.0036755351388398356, 1e-14); // Pearson's is the larger of the two
    }

    [Fact]
    public void EffectSize_OfEqualSides_IsScipysCramersVWithoutItsBias()
    {
        // scipy.stats.contingency.association([[35,30,35],[50,30,20]]) = 0.1835...; the expected V² under no change is 2·(1/100 + 1/100)/4.
        double v = ContingencyTest.EffectSize([35, 30, 35], [50, 30, 20], 100, 100);
        v.Should().BeApproximately(Math.Sqrt((0.18354792173215287 * 0.18354792173215287) - 0.01), 1e-12);
    }

    [Fact]
    public void EffectSize_WhenOneSideIsLarger_StaysTheSame()
    {
        double small = ContingencyTest.EffectSize([5000, 5000], [900, 100], 10_000, 1000), large = ContingencyTest.EffectSize([500_000, 500_000], [900, 100], 1e6, 1000);
        large.Should().BeApproximately(small, 0.001).And.BeGreaterThan(0.4);
    }

    [Fact]
    public void ProportionTest_OfManyRows_EqualsScipyWithYates() =>
        ProportionTest.PValue(120, 1000, 45, 200).Should().BeApproximately(0.00013141767602562073, 1e-15); // chi2_contingency(correction=True)

    [Fact]
    public void ProportionTest_OfFewRows_IsFisherWithOneRowDiscounted()
    {
        // scipy.stats.fisher_exact([[2, 48], [11, 989]]): three hits of 50 against ten of 1000, counted as two of 50 with the same margins.
        ProportionTest.PValue(10, 1000, 3, 50).Should().BeApproximately(0.12406934096116243, 1e-12);
        ProportionTest.PValue(9999, 99_999, 0, 100).Should().BeApproximately(2.1e-4, 1e-2); // expected 10: Yates
        ProportionTest.PValue(0, 1_000_000, 1, 30).Should().Be(1);
        ProportionTest.PValue(0, 1_000_000, 2, 30).Should().BeApproximately(60e-6, 1e-7); // P(at least 1 of 2 hits among 30 draws)
        ProportionTest.PValue(0, 100, 0, 100).Should().Be(1);
    }

    [Fact]
    public void ProportionTest_FarOutInTheTail_StaysAboveZero() =>
        ProportionTest.PValue(0, 1_000_000, 900, 1000).Should().BeGreaterThan(0).And.BeLessThan(1e-300);

    [Theory]
    [InlineData(1, 3.84, 0.05004352124870519)] // scipy.stats.chi2.sf
    [InlineData(3, 40.0, 1.065509033425585e-08)]
    [InlineData(9, 120.0, 1.336164776532522e-21)]
    public void ChiSquareTail_EqualsScipy(int degrees, double x, double expected) =>
        (ProportionTest.ChiSquareTail(degrees, x) / expected).Should().BeApproximately(1, 1e-9);

    [Fact]
    public void PopulationStability_EqualsTheFormulaAndItsNullLaw()
    {
        PopulationStability psi = PopulationStability.Of([30, 50, 20], [20, 25, 5]);
        psi.Index.Should().BeApproximately(0.09808292530117263, 1e-14);
        psi.NullUpper.Should().BeApproximately(0.17974393641323935, 1e-9); // chi2.ppf(0.95, 2) * (1/100 + 1/50)
    }

    [Fact]
    public void PopulationStability_WithAnEmptyBin_AddsHalfARowEverywhere()
    {
        double[] p = [30.5 / 81, 50.5 / 81], q = [0.5 / 41, 40.5 / 41];
        PopulationStability.Of([30, 50], [0, 40]).Index.Should().BeApproximately(((q[0] - p[0]) * Math.Log(q[0] / p[0])) + ((q[1] - p[1]) * Math.Log(q[1] / p[1])), 1e-14);
    }

    [Fact]
    public void PopulationStability_OfDeciles_MergesEqualEdges()
    {
        double[] zeros = [.. Enumerable.Repeat(0.0, 85), .. Enumerable.Range(1, 15).Select(i => (double)i)];
        NumberReference reference = NumberReference.Of("x", zeros, 4096);
        PopulationStability.OfDeciles(reference, NumberReference.Present(zeros))!.Value.Bins.Should().Be(3); // at 0, up to the 9th decile (5), above
        PopulationStability.OfDeciles(reference, NumberReference.Present(zeros))!.Value.Index.Should().Be(0);
        PopulationStability.OfDeciles(NumberReference.Of("x", [1, 1, 1], 4096), [1, 2]).Should().BeNull();
    }

    [Fact]
    public void Adjust_EqualsStatsmodels()
    {
        double[] p = [0.074, 0.001, 0.205, 0.008, 0.039, 0.041, 0.042, 0.06, 0.212, 0.216]; // multipletests(method='fdr_bh' and 'fdr_by')
        double[] bh = FalseDiscovery.Adjust(p, FalseDiscoveryControl.BenjaminiHochberg), by = FalseDiscovery.Adjust(p, FalseDiscoveryControl.BenjaminiYekutieli);
        double[] expectedBh = [0.10571428571428572, 0.01, 0.216, 0.04, 0.084, 0.084, 0.084, 0.1, 0.216, 0.216];
        double[] expectedBy =
            [0.3096337868480725, 0.029289682539682536, 0.6326571428571428, 0.11715873015873014, 0.24603333333333333, 0.24603333333333333, 0.24603333333333333, 0.2928968253968254, 0.6326571428571428, 0.6326571428571428];
        bh.Zip(expectedBh).Should().OnlyContain(z => Math.Abs(z.First - z.Second) < 1e-14);
        by.Zip(expectedBy).Should().OnlyContain(z => Math.Abs(z.First - z.Second) < 1e-14);
        FalseDiscovery.Adjust([], FalseDiscoveryControl.BenjaminiHochberg).Should().BeEmpty();
    }

    private static KolmogorovSmirnov Ks(double[] reference, double[] current) =>
        KolmogorovSmirnov.Compare(NumberReference.Of("x", reference, 4096), NumberReference.Present(current));

    /// <summary>The exact conditional p-value by brute force: every way to choose which pooled rows are the reference.</summary>
    private static double EnumeratedTail(double[] x, double[] y)
    {
        double[] pooled = [.. x, .. y];
        int observed = Scaled(pooled, (1 << x.Length) - 1, x.Length, y.Length), hits = 0, all = 0;
        for (int mask = 0; mask < 1 << pooled.Length; mask++)
        {
            if (int.PopCount(mask) == x.Length)
            {
                all++;
                hits += Scaled(pooled, mask, x.Length, y.Length) >= observed ? 1 : 0;
            }
        }

        return (double)hits / all;
    }

    private static int Scaled(double[] pooled, int mask, int m, int n) => pooled.Max(at =>
    {
        int first = 0, second = 0;
        for (int i = 0; i < pooled.Length; i++)
        {
            if (pooled[i] <= at)
            {
                _ = (mask >> i & 1) == 1 ? first++ : second++;
            }
        }

        return Math.Abs((first * n) - (second * m));
    });
}
