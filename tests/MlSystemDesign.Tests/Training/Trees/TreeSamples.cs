using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Trees;

/// <summary>Trees small enough to check by eye.</summary>
internal static class TreeSamples
{
    public static TreeEnsemble OneLeaf(double value) => new(1, 1, [Leaf(value)]);

    public static Tree Leaf(double value) => new()
    {
        Feature = [],
        Threshold = [],
        Kind = [],
        Left = [],
        Right = [],
        NodeCover = [],
        Categories = [],
        LeafValue = [value],
        LeafCover = [10],
    };

    /// <summary>Feature 0 ≤ 5 ? (feature 1 in {1, 33} ? 10 : 20) : 30, with the given kind for the first node.</summary>
    public static Tree Small(NodeKind kind = NodeKind.None, int left = 1, int right = ~2, int feature = 0) => new()
    {
        Feature = [feature, 1],
        Threshold = [5, 0],
        Kind = [kind, NodeKind.Categorical],
        Left = [left, ~0],
        Right = [right, ~1],
        NodeCover = [100, 60],
        Categories = [null, [2u, 2u]],
        LeafValue = [10, 20, 30],
        LeafCover = [25, 35, 40],
    };
}
