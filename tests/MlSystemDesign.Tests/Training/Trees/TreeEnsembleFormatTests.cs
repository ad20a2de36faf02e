using CsCheck;
using MlSystemDesign.Tests.Training.LightGbm;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Trees;

public class TreeEnsembleFormatTests
{
    private static readonly TreeEnsemble Real = BoostingSamples.MixedEnsemble();
    private const string SmallTrees = "02"
        + "03"
        + "01" + "00" + "02" + "05" + "64" + "0000000000001440"
        + "04" + "01" + "01" + "03" + "3C" + "02" + "02000000" + "02000000"
        + "0000000000002440" + "19" + "0000000000003440" + "23" + "0000000000003E40" + "28"
        + "01" + "000000000000E0BF" + "0A";

    private static readonly byte[] RealBytes = TreeEnsembleFormat.Write(Real);

    [BoosterFact]
    public void Read_OfWhatWasWritten_ScoresTheSameBitsAndWritesTheSameBytes()
    {
        TreeEnsemble read = TreeEnsembleFormat.Read(RealBytes);

        TreeEnsembleFormat.Write(read).Should().Equal(RealBytes);
        read.Sigmoid.Should().Be(Real.Sigmoid);
        (double[] values, _) = BoostingSamples.Mixed(1000, 77);
        double[] before = new double[1000];
        double[] after = new double[1000];
        Real.Margins(values, before);
        read.Margins(values, after);
        after.Select(BitConverter.DoubleToInt64Bits).Should().Equal(before.Select(BitConverter.DoubleToInt64Bits));
        read.Trees[3].NodeCover.Should().Equal(Real.Trees[3].NodeCover);
        read.Trees[3].LeafCover.Should().Equal(Real.Trees[3].LeafCover);
    }

    // The form is on disks: these bytes must be read for ever.
    [Fact]
    public void Write_OfASmallEnsemble_HasThePublishedLayout()
    {
        byte[] bytes = TreeEnsembleFormat.Write(Small(CoverKind.Counts));

        Convert.ToHexString(bytes).Should().Be("4D53445452454553" + "0300" + "AC02" + "000000000000F03F" + "01" + "00" + SmallTrees);
        TreeEnsembleFormat.Read(bytes).Trees.Should().HaveCount(2);
    }

    [Fact]
    public void Read_OfVersion1_TakesTheCoversAsCounts()
    {
        TreeEnsemble read = TreeEnsembleFormat.Read(Convert.FromHexString("4D53445452454553" + "0100" + "AC02" + "000000000000F03F" + SmallTrees));

        read.Cover.Should().Be(CoverKind.Counts);
        read.Trees[0].LeafCover.Should().Equal(25, 35, 40);
        read.Trees[1].LeafValue.Should().Equal(-0.5);
    }

    [Fact]
    public void Read_OfVersion2_SumsInDoublePrecision()
    {
        TreeEnsemble read = TreeEnsembleFormat.Read(Convert.FromHexString("4D53445452454553" + "0200" + "AC02" + "000000000000F03F" + "01" + SmallTrees));

        read.Precision.Should().Be(MarginPrecision.Double);
        read.Trees[0].LeafCover.Should().Equal(25, 35, 40);
    }

    [Fact]
    public void Read_OfSinglePrecisionAndMissingCategoriesToTheLeft_GivesThemBack()
    {
        TreeEnsemble read = TreeEnsembleFormat.Read(TreeEnsembleFormat.Write(new TreeEnsemble(
            2, 1, [TreeSamples.Small(second: NodeKind.Categorical | NodeKind.MissingLeft)], precision: MarginPrecision.Single)));

        read.Precision.Should().Be(MarginPrecision.Single);
        read.Margin([5, double.NaN]).Should().Be(10);
    }

    [Fact]
    public void Read_OfAnUnknownPrecision_SaysSo()
    {
        byte[] bytes = TreeEnsembleFormat.Write(Small(CoverKind.Counts));
        bytes[21] = 2;

        Action act = () => TreeEnsembleFormat.Read(bytes);

        act.Should().Throw<TreeFormatException>().WithMessage(
            "The precision of a stored tree ensemble must be 0 or 1. Got 2. Take it from its source again.");
    }

    [Theory]
    [InlineData(CoverKind.Hessians)]
    [InlineData(CoverKind.None)]
    public void Read_OfOtherCovers_GivesThemBack(object kind)
    {
        CoverKind cover = (CoverKind)kind;
        Tree tree = TreeSamples.Small();
        tree.LeafCover[1] = 0.30000000000000004;
        byte[] bytes = TreeEnsembleFormat.Write(new TreeEnsemble(2, 1, [tree], cover));

        TreeEnsemble read = TreeEnsembleFormat.Read(bytes);

        read.Cover.Should().Be(cover);
        read.Trees[0].NodeCover.Should().Equal(cover == CoverKind.None ? [0, 0] : tree.NodeCover);
        read.Trees[0].LeafCover.Should().Equal(cover == CoverKind.None ? [0, 0, 0] : tree.LeafCover);
        TreeEnsembleFormat.Write(read).Should().Equal(bytes);
    }

    [Fact]
    public void Read_OfAnUnknownKindOfCover_SaysSo()
    {
        byte[] bytes = TreeEnsembleFormat.Write(Small(CoverKind.Counts));
        bytes[20] = 3;

        Action act = () => TreeEnsembleFormat.Read(bytes);

        act.Should().Throw<TreeFormatException>().WithMessage(
            "The covers of a stored tree ensemble must be of kind 0, 1 or 2. Got 3. Take it from its source again.");
    }

    [BoosterTheory]
    [InlineData(0, "A stored tree ensemble must begin with 'MSDTREES'. Got other bytes. Pass what was written as one.")]
    [InlineData(8, "A stored tree ensemble must be of version 1 to 3. Got 252. Read it with the library that wrote it, or a later one.")]
    public void Read_OfAnotherMagicOrVersion_SaysSo(int at, string message)
    {
        byte[] bytes = [.. RealBytes];
        bytes[at] ^= 0xFF;

        Action act = () => TreeEnsembleFormat.Read(bytes);

        act.Should().Throw<TreeFormatException>().WithMessage(message);
    }

    [BoosterFact]
    public void Read_OfTruncatedOrExtendedBytes_Refuses()
    {
        for (int length = 0; length < RealBytes.Length; length += length < 200 ? 1 : 97)
        {
            Action act = () => TreeEnsembleFormat.Read(RealBytes.AsSpan(0, length));
            act.Should().Throw<TreeFormatException>($"{length} bytes are not all");
        }

        Action longer = () => TreeEnsembleFormat.Read([.. RealBytes, 0]);
        longer.Should().Throw<TreeFormatException>()
            .WithMessage("A stored tree ensemble must be as it was written. Got 1 bytes after the last tree. Take it from its source again.");
    }

    [BoosterFact]
    public void Read_OfBytesChangedAnywhere_RefusesOrScoresWithoutThrowing()
    {
        Gen<(int At, byte Value)[]> changes = Gen.Select(Gen.Int[10, RealBytes.Length - 1], Gen.Byte).Array[1, 4];
        int refused = 0;
        int scored = 0;
        changes.Sample(
            edits =>
            {
                byte[] bytes = [.. RealBytes];
                foreach ((int at, byte value) in edits)
                {
                    bytes[at] = value;
                }

                Interlocked.Increment(ref ReadsAndScores(bytes) ? ref scored : ref refused);
            },
            iter: 2000);
        refused.Should().BePositive();
        scored.Should().BePositive("a changed leaf value is still a leaf value");
    }

    [BoosterFact]
    public void Read_OfAnyBytesAfterTheHeader_RefusesOrScoresWithoutThrowing() =>
        Gen.Byte.Array[0, 200].Sample(tail => { _ = ReadsAndScores([.. RealBytes.AsSpan(0, 10), .. tail]); }, iter: 2000);

    private static TreeEnsemble Small(CoverKind cover) => new(300, 1, [TreeSamples.Small(NodeKind.MissingLeft), TreeSamples.Leaf(-0.5)], cover);

    private static bool ReadsAndScores(byte[] bytes)
    {
        TreeEnsemble ensemble;
        try
        {
            ensemble = TreeEnsembleFormat.Read(bytes);
        }
        catch (TreeFormatException)
        {
            return false;
        }

        // A header may say millions of features; rows of that length prove no more.
        if (ensemble.FeatureCount > 1_000_000)
        {
            return true;
        }

        double[] row = new double[ensemble.FeatureCount];
        foreach (double value in new[] { 0, 1.5, -3, 1e300, double.NaN, double.PositiveInfinity, 33 })
        {
            Array.Fill(row, value);
            _ = ensemble.Margin(row);
        }

        return true;
    }
}
