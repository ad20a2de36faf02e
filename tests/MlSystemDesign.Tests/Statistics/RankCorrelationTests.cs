using MlSystemDesign.Statistics;

namespace MlSystemDesign.Tests.Statistics;

public sealed class RankCorrelationTests
{
    private static readonly double[] X = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];

    // scipy 1.10.1, scipy.stats.spearmanr; the interval by the formula of Bonett and Wright in numpy.
    [Fact]
    public void Spearman_OfValuesWithTies_IsScipys()
    {
        Metric first = RankCorrelation.Spearman(X, [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5]);

        first.Value.Should().BeApproximately(0.1415796863640157, 1e-15);
        first.Interval!.Lower.Should().BeApproximately(-0.4730946598459608, 1e-14);
        first.Interval.Upper.Should().BeApproximately(0.6635469204756993, 1e-14);
        RankCorrelation.Spearman(X, [10, 9.5, 9, 9, 7, 1, 8, 2, 4, 8.5, 3, 2]).Value.Should().BeApproximately(-0.8776816481234617, 1e-15);
    }

    [Fact]
    public void Spearman_WithMissingValues_LeavesTheirPairsOut() =>
        RankCorrelation.Spearman([1, double.NaN, 2, 3, 4], [1, 2, double.NaN, 5, double.PositiveInfinity]).Should().BeEquivalentTo(new { Value = 1.0, Count = 3, Interval = (Interval?)null });

    [Theory]
    [InlineData(new double[0], "fewer than two pairs of values are present")]
    [InlineData(new double[] { 7, 7, 7 }, "one of the two values never changes")]
    public void Spearman_WhereItDoesNotExist_SaysWhy(double[] values, string reason) =>
        RankCorrelation.Spearman(values, [.. values.Select((_, i) => (double)i)]).UndefinedReason.Should().Be(reason);
}
