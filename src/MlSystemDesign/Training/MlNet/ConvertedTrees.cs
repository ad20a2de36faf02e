using Microsoft.ML.Trainers.FastTree;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Import;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Turns the trees that ML.NET shows of a LightGBM model into ours, over the columns instead of the slots.</summary>
/// <remarks>
/// ML.NET compares in 32 bits, and the thresholds here say the same for every double. It shows no covers: they are counted by sending the training rows through, so that models can be explained.
/// </remarks>
internal sealed class ConvertedTrees(SlotLayout layout, BoostingData data)
{
    /// <summary>Converts an ensemble.</summary>
    /// <param name="source">What ML.NET trained.</param>
    /// <param name="rows">The rows that it was trained on.</param>
    internal TreeEnsemble Convert(RegressionTreeEnsemble source, int[] rows)
    {
        if (source.Bias != 0 || source.TreeWeights.Any(weight => weight != 1))
        {
            throw new BoostingException("ML.NET must give LightGBM's trees with weight 1 and without a bias. Got others. Use the Microsoft.ML version that this library was tested with (5.0.1), and report the case.");
        }

        return new TreeEnsemble(data.Columns, 1, [.. source.Trees.Select(tree => Convert(tree, rows))]);
    }

    private Tree Convert(RegressionTreeBase source, int[] rows)
    {
        // ML.NET writes a tree without a split as one with two equal leaves, or with none where the value is 0.
        if (source.NumberOfNodes == 0 || (source.NumberOfLeaves == 2 && source.LeafValues[0].Equals(source.LeafValues[1])))
        {
            return Tree.OneLeaf(source.NumberOfNodes == 0 ? 0 : source.LeafValues[0], rows.Length);
        }

        int nodes = source.NumberOfNodes;
        Tree tree = new()
        {
            Feature = new int[nodes],
            Threshold = new double[nodes],
            Kind = new NodeKind[nodes],
            Left = [.. source.LeftChild.Take(nodes)],
            Right = [.. source.RightChild.Take(nodes)],
            NodeCover = new double[nodes],
            Categories = new uint[nodes][],
            LeafValue = [.. source.LeafValues.Take(nodes + 1)],
            LeafCover = new double[nodes + 1],
        };
        for (int node = 0; node < nodes; node++)
        {
            Split(source, tree, node);
        }

        Count(tree, rows);
        return tree;
    }

    private void Split(RegressionTreeBase source, Tree tree, int node)
    {
        bool bySet = source.CategoricalSplitFlags[node];
        int[] slots = bySet ? [.. source.GetCategoricalSplitFeaturesAt(node)] : [source.NumericalSplitFeatureIndexes[node]];
        tree.Feature[node] = layout.Of(slots[0]).Column;
        if (!layout.IsCategory(tree.Feature[node]))
        {
            float threshold = source.NumericalSplitThresholds[node];
            tree.Threshold[node] = threshold >= float.MaxValue ? double.PositiveInfinity : XGBoostThreshold.Of(MathF.BitIncrement(threshold));

            // Trained without missing values, LightGBM takes a missing one for 0.
            tree.Kind[node] = threshold >= 0 ? NodeKind.MissingLeft : NodeKind.None;
            return;
        }

        // A row with one of the slots set goes right in ML.NET, and left in ours.
        (tree.Left[node], tree.Right[node]) = (tree.Right[node], tree.Left[node]);
        uint[] set = new uint[Math.Max(1, (layout.Levels(tree.Feature[node]) + 31) / 32)];
        tree.Kind[node] = NodeKind.Categorical;
        foreach (int slot in slots)
        {
            (int column, int level) = layout.Of(slot);
            if (column != tree.Feature[node])
            {
                throw new BoostingException(FormattableString.Invariant(
                    $"A split of ML.NET must be by the levels of one category. Got columns {tree.Feature[node]} and {column}. Set {nameof(MlNetLightGbmOptions.CategoricalSplits)} to false, and report the case."));
            }

            if (level < 0)
            {
                tree.Kind[node] |= NodeKind.MissingLeft;
            }
            else
            {
                set[level >> 5] |= 1u << (level & 31);
            }
        }

        tree.Categories[node] = set;
    }

    private void Count(Tree tree, int[] rows)
    {
        foreach (int row in rows)
        {
            tree.LeafCover[tree.LeafOf(data.Row(row))]++;
        }

        // Children come after their parent.
        for (int node = tree.NodeCover.Length - 1; node >= 0; node--)
        {
            tree.NodeCover[node] = CoverOf(tree, tree.Left[node]) + CoverOf(tree, tree.Right[node]);
        }
    }

    private static double CoverOf(Tree tree, int child) => child >= 0 ? tree.NodeCover[child] : tree.LeafCover[~child];
}
