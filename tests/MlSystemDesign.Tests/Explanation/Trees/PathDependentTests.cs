using CsCheck;
using MlSystemDesign.Explanation;
using MlSystemDesign.Explanation.Trees;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Tests.Training.LightGbm;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Explanation.Trees;

/// <summary>Four independent ways to the same SHAP values: quadrature, the classic recursion, the sum over all subsets, LightGBM's own.</summary>
public sealed class PathDependentTests
{
    [Fact]
    public void Explain_OfRandomTrees_EqualsTheSumOverAllSubsetsAndTheClassicRecursion() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        TreeEnsemble ensemble = RandomTrees.Ensemble(seed, leaves: 14);
        double[] row = RandomTrees.Row(new Random(seed), 5), game = SubsetShap.CoverGame(ensemble, row);

        AttributionTable explained = Explain(ensemble, row);

        ShouldBeClose(explained.Row(0), SubsetShap.Values(game), 1e-13);
        ShouldBeClose(explained.Row(0), ClassicTreeShap.Explain(ensemble, row), 1e-13);
        explained.BaseValue.Should().BeApproximately(game[0], 1e-14);
        explained.Scores[0].Should().BeApproximately(game[^1], 1e-14);
    }, iter: 400);

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(70)]
    public void Explain_OfALongPath_TakesAsManyNodesAsItNeeds(int features)
    {
        TreeEnsemble ensemble = Chain(features);
        double[] row = [.. Enumerable.Range(0, features).Select(f => (double)(f % 3))];

        // The classic recursion divides again and again: at 70 features it has 8 digits left.
        ShouldBeClose(Explain(ensemble, row).Row(0), ChainValues(ensemble.Trees[0], row), 1e-13);
        new QuadratureTreeShap(ensemble).LongestPath.Should().Be(features);
    }

    [BoosterTheory]
    [InlineData(31)]
    [InlineData(127)]
    public void Explain_OfARealModel_EqualsLightGbm(int leaves)
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(4000, 3);
        using LightGbmBooster booster = BoostingSamples.Train(
            values, labels, BoostingSamples.Categorical, 30, new BoostingOptions { LearningRate = 0.2, Leaves = leaves, MinDataInLeaf = 3 });
        double[][] rows = [.. values.Chunk(BoostingSamples.Columns).Take(300)];

        double[] native = booster.Contributions(values.AsSpan(0, 300 * BoostingSamples.Columns), 300, BoostingSamples.Columns);
        AttributionTable ours = Explain(booster.Ensemble(), rows);

        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<double> expected = native.AsSpan(i * (BoostingSamples.Columns + 1), BoostingSamples.Columns + 1);
            ShouldBeClose(ours.Row(i), expected[..^1].ToArray(), 1e-12);
            ours.BaseValue.Should().BeApproximately(expected[^1], 1e-12);
        }
    }

    [Fact]
    public void Explain_AtEveryVectorWidth_GivesTheSameBits()
    {
        TreeEnsemble ensemble = new(40, 1, [.. RandomTrees.Ensemble(5, 40, 20, 60).Trees, .. Chain(40).Trees]);
        double[][] rows = Rows(40, 11);
        FeatureTable table = RandomTrees.Table(40, rows);
        double[] scores = new double[11], narrow = new double[11 * 40], wide = new double[11 * 40];

        new QuadratureTreeShap(ensemble, wide: false).Explain(table, 0, scores, narrow);
        new QuadratureTreeShap(ensemble, wide: true).Explain(table, 0, scores, wide);

        Bits(wide).Should().Equal(Bits(narrow));
    }

    [Fact]
    public void Explain_InAnyOrderCompanyAndNumberOfThreads_GivesTheSameBits()
    {
        TrainedModel model = RandomTrees.Model(RandomTrees.Ensemble(9, 20, 30, 31));
        FeatureTable table = RandomTrees.Table(20, Rows(20, 700));
        int[] order = [.. Enumerable.Range(0, 700).Select(i => i * 37 % 700)];

        AttributionTable whole = ModelExplainer.PathDependent(model).Explain(table);
        AttributionTable mixed = ModelExplainer.PathDependent(model, degreeOfParallelism: 3).Explain(table.SelectRows(order));
        AttributionTable single = ModelExplainer.PathDependent(model).Explain(table.SelectRows([5]));

        for (int i = 0; i < order.Length; i++)
        {
            Bits(mixed.Row(i)).Should().Equal(Bits(whole.Row(order[i])));
        }

        Bits(single.Row(0)).Should().Equal(Bits(whole.Row(5)));
    }

    [Fact]
    public void Explain_OfAFeatureThatNoTreeReads_GivesItNothing()
    {
        TreeEnsemble five = RandomTrees.Ensemble(3, 5, 10, 20);

        Explain(new TreeEnsemble(7, 1, five.Trees), RandomTrees.Row(new Random(1), 7)).Row(0)[5..].ToArray().Should().Equal(0, 0);
    }

    [Fact]
    public void Explain_OfTwoFeaturesThatDoTheSame_GivesThemTheSame()
    {
        // Pays 8 when both values are 1: two halves of equal cover, in both orders.
        Tree Pair(int first, int second) => new()
        {
            Feature = [first, second], Threshold = [0, 0], Kind = [NodeKind.None, NodeKind.None], Left = [~0, ~1], Right = [1, ~2], NodeCover = [4, 2],
            Categories = [null, null], LeafValue = [0, 0, 8], LeafCover = [2, 1, 1],
        };

        AttributionTable explained = Explain(new TreeEnsemble(2, 1, [Pair(0, 1), Pair(1, 0)]), [1, 1]);

        explained.BaseValue.Should().Be(4);
        explained.Row(0)[0].Should().BeApproximately(6, 1e-14).And.Be(explained.Row(0)[1]);
    }

    [Fact]
    public void Explain_OfAnEdgeThatNoTrainingRowTook_IsExact()
    {
        Tree tree = new()
        {
            Feature = [0, 1], Threshold = [0, 0], Kind = [NodeKind.None, NodeKind.None], Left = [~0, ~1], Right = [1, ~2], NodeCover = [4, 4],
            Categories = [null, null], LeafValue = [100, 1, 3], LeafCover = [0, 1, 3],
        };
        TreeEnsemble ensemble = new(2, 1, [tree]);

        foreach (double[] row in new double[][] { [-1, -1], [-1, 1], [1, -1], [1, 1] })
        {
            ShouldBeClose(Explain(ensemble, row).Row(0), SubsetShap.Values(SubsetShap.CoverGame(ensemble, row)), 1e-13);
        }
    }

    private static TreeEnsemble Chain(int features)
    {
        Random random = new(features);
        int[] nodes = [.. Enumerable.Range(0, features)];
        return new TreeEnsemble(features, 1, [new Tree
        {
            Feature = nodes, Threshold = [.. nodes.Select(_ => 0.5)], Kind = new NodeKind[features], Left = [.. nodes.Select(n => ~n)],
            Right = [.. nodes.Select(n => n == features - 1 ? ~features : n + 1)], NodeCover = [.. nodes.Select(n => 3.0 * (features + 1 - n))],
            Categories = new uint[]?[features], LeafValue = [.. Enumerable.Range(0, features + 1).Select(_ => random.NextDouble())],
            LeafCover = [.. Enumerable.Range(0, features + 1).Select(_ => 3.0)],
        }]);
    }

    // Leaf by leaf, from the coefficients of Π (w + a z): sums of terms of one sign, without a division.
    private static double[] ChainValues(Tree tree, double[] row)
    {
        int features = row.Length;
        double[] values = new double[features];
        for (int leaf = 0; leaf <= features; leaf++)
        {
            int length = Math.Min(leaf + 1, features);
            double Share(int f) => (f == leaf ? 3 : tree.NodeCover[f] - 3) / tree.NodeCover[f];
            int Passes(int f) => row[f] > 0.5 == (f != leaf) ? 1 : 0;
            for (int f = 0; f < length; f++)
            {
                double[] known = [1];
                foreach (int other in Enumerable.Range(0, length).Where(g => g != f))
                {
                    known = [.. Enumerable.Range(0, known.Length + 1).Select(k =>
                        (k < known.Length ? Share(other) * known[k] : 0) + (k > 0 ? Passes(other) * known[k - 1] : 0))];
                }

                double binomial = 1;
                for (int k = 0; k < length; k++)
                {
                    values[f] += tree.LeafValue[leaf] * (Passes(f) - Share(f)) * known[k] / (length * binomial);
                    binomial *= (double)(length - 1 - k) / (k + 1);
                }
            }
        }

        return values;
    }

    private static double[][] Rows(int features, int count)
    {
        Random random = new(count);
        return [.. Enumerable.Range(0, count).Select(_ => RandomTrees.Row(random, features))];
    }

    private static AttributionTable Explain(TreeEnsemble ensemble, params double[][] rows) =>
        ModelExplainer.PathDependent(RandomTrees.Model(ensemble)).Explain(RandomTrees.Table(ensemble.FeatureCount, rows));

    private static long[] Bits(ReadOnlySpan<double> values) => TrainingSamples.Bits(values);

    private static void ShouldBeClose(ReadOnlySpan<double> values, double[] expected, double tolerance)
    {
        values.Length.Should().Be(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            values[i].Should().BeApproximately(expected[i], tolerance, "of column {0}", i);
        }
    }
}
