using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Explanation.Trees;

/// <summary>Seeded trees with splits of every kind, features that split a path again, and odd values; small enough to enumerate all subsets.</summary>
internal static class RandomTrees
{
    private static readonly double[] Values = [double.NaN, 0, -0.0, 1e-36, -1, 0.5, 1, 2, 3, 40, -0.5, 31, 32, 63, 64, 1e10, double.PositiveInfinity, double.NegativeInfinity];

    public static TreeEnsemble Ensemble(int seed, int features = 5, int trees = 3, int leaves = 9, CoverKind cover = CoverKind.Counts, MarginPrecision precision = MarginPrecision.Double)
    {
        Random random = new(seed);
        return new TreeEnsemble(features, 0.5 + random.NextDouble(), [.. Enumerable.Range(0, trees).Select(_ => Tree(random, features, 1 + random.Next(leaves)))], cover, precision);
    }

    public static double[] Row(Random random, int features) => [.. Enumerable.Range(0, features).Select(_ => Values[random.Next(Values.Length)])];

    /// <summary>Rows, one after the other, as a table of numbers.</summary>
    public static FeatureTable Table(int features, params double[][] rows) => new(
        ObservationSet.WithoutTime(rows.Select((_, i) => new EntityKey(i))),
        Schema(features),
        [.. Enumerable.Range(0, features).Select(f => (ReadOnlyMemory<double>)rows.Select(r => r[f]).ToArray())],
        new ReadOnlyMemory<int>[features]);

    public static TrainedModel Model(TreeEnsemble ensemble) => new(
        "trees", TargetKind.Probability, Schema(ensemble.FeatureCount), new TreePredictor(ensemble), new MlSystemDesign.Training.SigmoidCalibrator());

    private static FeatureSchema Schema(int features) =>
        new(Enumerable.Range(0, features).Select(f => new FeatureColumn { Name = $"f{f}", Kind = ColumnKind.Number, Group = f % 2 == 0 ? "even" : "odd" }));

    // Grows leaf by leaf, as LightGBM does; a leaf keeps its number on the left side.
    private static Tree Tree(Random random, int features, int leaves)
    {
        List<int> feature = [], left = [], right = [], parentOfLeaf = [-1];
        List<NodeKind> kind = [];
        List<double> threshold = [];
        List<uint[]?> categories = [];
        for (int node = 0; node < leaves - 1; node++)
        {
            int split = random.Next(node + 1), parent = parentOfLeaf[split];
            if (parent >= 0)
            {
                (left[parent] == ~split ? left : right)[parent] = node;
            }

            (parentOfLeaf[split], int other) = (node, node + 1);
            parentOfLeaf.Add(node);
            feature.Add(random.Next(features));
            left.Add(~split);
            right.Add(~other);
            bool categorical = random.Next(3) == 0;
            kind.Add(categorical ? NodeKind.Categorical | (NodeKind)random.Next(2) : (NodeKind)random.Next(4));
            threshold.Add(categorical ? 0 : Values[4 + random.Next(5)]);
            categories.Add(categorical ? [(uint)random.Next(16), (uint)random.Next() << 1] : null);
        }

        double[] leafCover = [.. Enumerable.Range(0, leaves).Select(_ => 1.0 + random.Next(50))];
        double[] nodeCover = new double[leaves - 1];
        for (int node = leaves - 2; node >= 0; node--)
        {
            nodeCover[node] = Cover(left[node]) + Cover(right[node]);
        }

        return new Tree
        {
            Feature = [.. feature], Threshold = [.. threshold], Kind = [.. kind], Left = [.. left], Right = [.. right], NodeCover = nodeCover, Categories = [.. categories],
            LeafValue = [.. Enumerable.Range(0, leaves).Select(_ => random.NextDouble() - 0.5)], LeafCover = leafCover,
        };

        double Cover(int child) => child < 0 ? leafCover[~child] : nodeCover[child];
    }
}
