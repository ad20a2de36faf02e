using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>How large the terms of an ensemble's score can be.</summary>
internal static class TreeScale
{
    /// <summary>The sum over the trees of the largest leaf, in units of the raw score.</summary>
    internal static double Of(TreeEnsemble ensemble) => ensemble.Sigmoid * ensemble.Trees.Sum(tree => tree.LeafValue.Max(Math.Abs));

    /// <summary>The share of it that a sum in the ensemble's precision may round away: each addition in 32 bits at most half a unit in the last place.</summary>
    internal static double RoundingOf(TreeEnsemble ensemble) => ensemble.Precision == MarginPrecision.Single ? ensemble.Trees.Count * Math.ScaleB(1, -24) : 0;
}
