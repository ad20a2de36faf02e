using ChurnRetention.Simulation;

namespace ChurnRetention.Tests.Simulation;

public class RandomSourceTests
{
    // Reference: xoshiro256** and SplitMix64 written independently in Python from the published algorithms.
    [Fact]
    public void NextBits_OfAKnownStream_EqualsTheReference()
    {
        RandomSource random = new(42, 1, 7, StreamPurpose.Sessions);
        ulong[] bits = [random.NextBits(), random.NextBits(), random.NextBits()];
        bits.Should().Equal(0xc0122fae126b9ecaUL, 0xd6d3e84913c3a2f5UL, 0x7b7f0e8b88aca8b5UL);
    }

    [Fact]
    public void Streams_OfOtherSeedPopulationCustomerOrPurpose_Differ()
    {
        ulong[] first =
        [
            new RandomSource(1, 0, 0, StreamPurpose.Profile).NextBits(), new RandomSource(2, 0, 0, StreamPurpose.Profile).NextBits(),
            new RandomSource(1, 1, 0, StreamPurpose.Profile).NextBits(), new RandomSource(1, 0, 1, StreamPurpose.Profile).NextBits(),
            new RandomSource(1, 0, 0, StreamPurpose.Path).NextBits(),
        ];
        first.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Draws_OfManyNumbers_HaveTheMomentsOfTheirLaws()
    {
        const int n = 200_000;
        RandomSource random = new(3, 0, 0, StreamPurpose.Path);
        double uniform = 0, exponential = 0, normal = 0, square = 0;
        int[] index = new int[3];
        for (int i = 0; i < n; i++)
        {
            uniform += random.NextUniform();
            exponential += random.NextExponential(4);
            double z = random.NextNormal();
            normal += z;
            square += z * z;
            index[random.NextIndex([0.2, 0.3, 0.5])]++;
        }

        double root = Math.Sqrt(n);
        (uniform / n).Should().BeApproximately(0.5, 4 * Math.Sqrt(1 / 12.0) / root);
        (exponential / n).Should().BeApproximately(0.25, 4 * 0.25 / root);
        (normal / n).Should().BeApproximately(0, 4 / root);
        (square / n).Should().BeApproximately(1, 4 * Math.Sqrt(2) / root);
        ((double)index[1] / n).Should().BeApproximately(0.3, 4 * Math.Sqrt(0.21) / root);
    }
}
