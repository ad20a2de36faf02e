using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>How large the terms of an ensemble's score can be.</summary>
internal static class TreeScale
{
    /// <summary>The sum over the trees of the largest leaf, in units of the raw score.</summary>
    internal static double Of(TreeEnsemble ensemble) => ensemble.Sigmoid * ensemble.Trees.Sum(tree => tree.LeafValue.Max(Math.Abs));
}
