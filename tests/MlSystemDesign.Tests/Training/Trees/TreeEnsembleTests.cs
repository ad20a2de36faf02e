using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Trees;

public class TreeEnsembleTests
{
    private const double NaN = double.NaN;

    [Theory]
    [InlineData(nameof(NodeKind.None), 5, 1, 10)]
    [InlineData(nameof(NodeKind.None), 5, 33.9, 10)]
    [InlineData(nameof(NodeKind.None), 5, 2, 20)]
    [InlineData(nameof(NodeKind.None), 5, 64, 20)]
    [InlineData(nameof(NodeKind.None), 5, -1, 20)]
    [InlineData(nameof(NodeKind.None), 5, NaN, 20)]
    [InlineData(nameof(NodeKind.None), 5.000001, 1, 30)]
    [InlineData(nameof(NodeKind.None), NaN, 1, 30)]
    [InlineData(nameof(NodeKind.None), 0, 1, 10)]
    [InlineData(nameof(NodeKind.MissingLeft), NaN, 1, 10)]
    [InlineData(nameof(NodeKind.MissingLeft), 6, 1, 30)]
    [InlineData(nameof(NodeKind.ZeroIsMissing), 0, 1, 30)]
    [InlineData(nameof(NodeKind.ZeroIsMissing), 1e-36, 1, 30)]
    [InlineData(nameof(NodeKind.ZeroIsMissing), 1, 1, 10)]
    [InlineData(nameof(NodeKind.ZeroIsMissing), NaN, 1, 30)]
    [InlineData("ZeroIsMissing, MissingLeft", NaN, 1, 10)]
    [InlineData("ZeroIsMissing, MissingLeft", 6, 1, 30)]
    public void Margin_OfASmallTree_FollowsItsSplits(string kind, double first, double second, double expected)
    {
        TreeEnsemble ensemble = new(2, 1, [TreeSamples.Small(Enum.Parse<NodeKind>(kind))]);

        ensemble.Margin([first, second]).Should().Be(expected);
    }

    [Fact]
    public void Margin_OfSeveralTrees_IsTheirSum_AndOfTheFirstOnesTheirs()
    {
        TreeEnsemble ensemble = new(2, 1, [TreeSamples.Leaf(0.25), TreeSamples.Small(), TreeSamples.Leaf(1), TreeSamples.Small()]);

        ensemble.Margin([6, 0]).Should().Be(61.25);
        ensemble.Margin([6, 0], 2).Should().Be(30.25);
        ensemble.Margin([6, 0], 0).Should().Be(0);
    }

    [Theory]
    [InlineData(33, 10)]
    [InlineData(2, 20)]
    [InlineData(-1, 20)]
    [InlineData(1000, 20)]
    [InlineData(NaN, 10)]
    public void Margin_OfACategoricalNodeWithMissingLeft_SendsOnlyNaNThere(double category, double expected) =>
        new TreeEnsemble(2, 1, [TreeSamples.Small(second: NodeKind.Categorical | NodeKind.MissingLeft)]).Margin([5, category]).Should().Be(expected);

    // Small leaves vanish beside 2^24 one by one in 32 bits.
    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void Margin_InSinglePrecision_RoundsAfterEveryTree(int ones)
    {
        Tree[] trees = [TreeSamples.Leaf(1 << 24), .. Enumerable.Range(0, ones).Select(_ => TreeSamples.Leaf(1))];

        new TreeEnsemble(1, 1, trees, precision: MarginPrecision.Single).Margin([0]).Should().Be(1 << 24);
        new TreeEnsemble(1, 1, trees).Margin([0]).Should().Be((1 << 24) + ones);
    }

    [Fact]
    public void Probability_UsesTheSigmoid()
    {
        new TreeEnsemble(1, 0.5, [TreeSamples.Leaf(Math.Log(9) * 2)]).Probability([0]).Should().BeApproximately(0.9, 1e-15);
    }

    [Fact]
    public void Margin_OfARowOfAnotherLength_NamesBothLengths()
    {
        Action act = () => new TreeEnsemble(2, 1, [TreeSamples.Small()]).Margin([1]);

        act.Should().Throw<ArgumentException>()
            .WithMessage("A row must hold one value per feature. Got 1 for a model of 2. Build the row with the model's features.*");
    }

    [Theory]
    [InlineData(0, ~2, 0, "*child 0 in node 0*")]
    [InlineData(2, ~2, 0, "*child 2 in node 0*")]
    [InlineData(1, ~3, 0, "*child -4 in node 0*")]
    [InlineData(1, ~0, 0, "*child -1 in node 1*")]
    [InlineData(1, 1, 0, "*child 1 in node 0*")]
    [InlineData(1, int.MinValue, 0, "*child -2147483648 in node 0*")]
    [InlineData(1, ~2, 2, "*feature 2 of 2 in node 0*")]
    [InlineData(1, ~2, -1, "*feature -1 of 2 in node 0*")]
    public void Constructor_OfATreeThatLeadsAstray_Refuses(int left, int right, int feature, string message)
    {
        Action act = () => _ = new TreeEnsemble(2, 1, [TreeSamples.Small(left: left, right: right, feature: feature)]);

        act.Should().Throw<TreeFormatException>().WithMessage(message);
    }

    [Theory]
    [InlineData(NodeKind.Categorical | NodeKind.ZeroIsMissing)]
    [InlineData((NodeKind)8)]
    public void Constructor_OfAnUnknownKindOfNode_Refuses(object kind)
    {
        Action act = () => _ = new TreeEnsemble(2, 1, [TreeSamples.Small(second: (NodeKind)kind)]);

        act.Should().Throw<TreeFormatException>().WithMessage("*a known kind, with a category set in the categorical ones*");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, NaN)]
    public void Constructor_WithoutFeaturesOrSigmoid_Refuses(int features, double sigmoid)
    {
        Action act = () => _ = new TreeEnsemble(features, sigmoid, []);

        act.Should().Throw<TreeFormatException>().WithMessage("A model must have features and a positive sigmoid. Got *");
    }

    [BoosterFact]
    public void Margins_ByManyThreadsAtOnce_AreThoseOfOne()
    {
        TreeEnsemble ensemble = LightGbm.BoostingSamples.MixedEnsemble();
        (double[] values, _) = LightGbm.BoostingSamples.Mixed(2000, 9);
        double[] alone = new double[2000];
        ensemble.Margins(values, alone);

        double[] together = new double[2000];
        Parallel.For(0, 2000, i => together[i] = ensemble.Margin(values.AsSpan(i * ensemble.FeatureCount, ensemble.FeatureCount)));

        together.Should().Equal(alone);
    }
}
