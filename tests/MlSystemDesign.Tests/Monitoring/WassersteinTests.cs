using CsCheck;
using MlSystemDesign.Monitoring;

namespace MlSystemDesign.Tests.Monitoring;

public sealed class WassersteinTests
{
    // scipy 1.10.1, scipy.stats.wasserstein_distance([0, 1, 3], [5, 6, 8]), ([0, 1], [0, 1, 2, 3]), ([1.5], [1.5, 1.5]); each also by hand.
    [Theory]
    [InlineData(new double[] { 0, 1, 3 }, new double[] { 5, 6, 8 }, 5)]
    [InlineData(new double[] { 0, 1 }, new double[] { 0, 1, 2, 3 }, 1)]
    [InlineData(new double[] { 1.5 }, new double[] { 1.5, 1.5 }, 0)]
    public void Distance_OfSmallSamples_IsTheMeanMove(double[] first, double[] second, double expected)
    {
        Wasserstein.Distance(first, second).Should().BeApproximately(expected, 1e-15);
        Wasserstein.Distance(second, first).Should().BeApproximately(expected, 1e-15);
    }

    // In one dimension the best plan pairs the sorted values; samples of unequal size are paired after each is repeated as often as the other has values.
    [Fact]
    public void Distance_OfAnySamples_IsThatOfTheSortedPairs() =>
        Gen.Select(Gen.Int[-9, 9].Array[1, 12], Gen.Int[-9, 9].Array[1, 12]).Sample((a, b) =>
        {
            double[] first = [.. a.Order().Select(v => v / 4.0)], second = [.. b.Order().Select(v => v / 4.0)];
            double pairs = first.SelectMany(v => Enumerable.Repeat(v, second.Length)).Zip(second.SelectMany(v => Enumerable.Repeat(v, first.Length)), (x, y) => Math.Abs(x - y)).Average();

            Wasserstein.Distance(first, second).Should().BeApproximately(pairs, 1e-12);
        });
}
