namespace MlSystemDesign.Training.Trees;

/// <summary>One tree, checked: whoever walks it from the root meets indices in range only, and ends at a leaf.</summary>
/// <remarks>
/// A child is the number of a later node, or the complement (~) of a leaf's number. Node 0 is the root; with one leaf there is none.
/// </remarks>
internal sealed class Tree
{
    public required int[] Feature { get; init; }

    /// <summary>Thresholds of numeric nodes; 0 in categorical ones.</summary>
    public required double[] Threshold { get; init; }

    public required NodeKind[] Kind { get; init; }

    public required int[] Left { get; init; }

    public required int[] Right { get; init; }

    /// <summary>How much of the training set passed each node, in the ensemble's kind of cover; 0 where nothing is known.</summary>
    public required double[] NodeCover { get; init; }

    /// <summary>Per node the bits of the categories that go left, 32 to a word; null in numeric nodes.</summary>
    public required uint[]?[] Categories { get; init; }

    public required double[] LeafValue { get; init; }

    /// <summary>How much of the training set ended in each leaf.</summary>
    public required double[] LeafCover { get; init; }

    /// <summary>A tree without a split.</summary>
    public static Tree OneLeaf(double value, double cover = 0) => new()
    {
        Feature = [],
        Threshold = [],
        Kind = [],
        Left = [],
        Right = [],
        NodeCover = [],
        Categories = [],
        LeafValue = [value],
        LeafCover = [cover],
    };

    /// <exception cref="TreeFormatException">Some index, length or number is not what a tree can have.</exception>
    public void Check(int tree, int featureCount)
    {
        int nodes = Feature.Length;
        int leaves = LeafValue.Length;
        if (leaves < 1 || nodes != leaves - 1 || Threshold.Length != nodes || Kind.Length != nodes || Left.Length != nodes
            || Right.Length != nodes || NodeCover.Length != nodes || Categories.Length != nodes || LeafCover.Length != leaves)
        {
            throw Broken(tree, "must have one node fewer than leaves, and every value of each", $"{nodes} nodes and {leaves} leaves");
        }

        bool[] nodeSeen = new bool[nodes];
        bool[] leafSeen = new bool[leaves];
        for (int i = 0; i < nodes; i++)
        {
            CheckNode(tree, i, featureCount);
            CheckChild(tree, i, Left[i], nodeSeen, leafSeen);
            CheckChild(tree, i, Right[i], nodeSeen, leafSeen);
        }

        for (int i = 0; i < leaves; i++)
        {
            if (!double.IsFinite(LeafValue[i]) || !IsCover(LeafCover[i]))
            {
                throw Broken(tree, "must have finite leaf values, and covers of 0 or more", $"{LeafValue[i]} of cover {LeafCover[i]} in leaf {i}");
            }
        }
    }

    /// <summary>The number of the leaf where a row ends; the tree must have passed <see cref="Check"/>.</summary>
    public int LeafOf(ReadOnlySpan<double> row)
    {
        int at = Feature.Length == 0 ? ~0 : 0;
        while (at >= 0)
        {
            at = SplitDecision.GoesRight(Kind[at], Threshold[at], Categories[at], row[Feature[at]]) ? Right[at] : Left[at];
        }

        return ~at;
    }

    private static bool IsCover(double cover) => cover >= 0 && double.IsFinite(cover);

    private static TreeFormatException Broken(int tree, string rule, FormattableString got) =>
        new(FormattableString.Invariant(
            $"Tree {tree} of the model {rule}. Got {FormattableString.Invariant(got)}. The model is damaged: take it from its source again."));

    private void CheckNode(int tree, int i, int featureCount)
    {
        if ((uint)Feature[i] >= (uint)featureCount)
        {
            throw Broken(tree, "must split on features of the model", $"feature {Feature[i]} of {featureCount} in node {i}");
        }

        bool categorical = Kind[i] is NodeKind.Categorical or (NodeKind.Categorical | NodeKind.MissingLeft);
        if ((Kind[i] > NodeKind.Categorical && !categorical) || categorical != (Categories[i] is { Length: > 0 }))
        {
            throw Broken(tree, "must have nodes of a known kind, with a category set in the categorical ones", $"kind {Kind[i]:D} in node {i}");
        }

        if (double.IsNaN(Threshold[i]) || !IsCover(NodeCover[i]))
        {
            throw Broken(tree, "must split at numbers, and have covers of 0 or more", $"{Threshold[i]} of cover {NodeCover[i]} in node {i}");
        }
    }

    // Children come after their parent and are met once: no walk can loop, and every part of the tree is reached.
    private static void CheckChild(int tree, int parent, int child, bool[] nodeSeen, bool[] leafSeen)
    {
        bool[] seen = child >= 0 ? nodeSeen : leafSeen;
        int index = child >= 0 ? child : ~child;
        if (index >= seen.Length || (child >= 0 && child <= parent) || seen[index])
        {
            throw Broken(tree, "must lead from every node to two nodes or leaves of its own, further on", $"child {child} in node {parent}");
        }

        seen[index] = true;
    }
}
