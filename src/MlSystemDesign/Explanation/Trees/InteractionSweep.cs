namespace MlSystemDesign.Explanation.Trees;

/// <summary>SHAP interaction values of one row by quadrature, from the tables of the attributions.</summary>
/// <remarks>
/// The interaction of two features is the integral over t of the derivative by both of their probabilities, half of it for each of the two. On a path every edge adds to
/// the factor of its feature, so that each pair of edges, one above the other, of different features adds the product of their weights times the sum below the lower
/// one. O(edges × depth) per tree.
/// </remarks>
internal static class InteractionSweep
{
    /// <summary>Adds the pairs of different features; the diagonal stays as it is.</summary>
    /// <param name="tree">The tree, whose splits the workspace has decided for the row in bit 0.</param>
    /// <param name="workspace">Decisions, and room.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="values">Features × features sums, of which both of a pair grow.</param>
    internal static void Add(QuadratureTree tree, QuadratureWorkspace workspace, int features, Span<double> values)
    {
        double[] below = new double[tree.Slots], weight = new double[tree.Slots];
        int[] parent = new int[tree.Slots], feature = new int[tree.Slots];
        foreach (QuadratureSweep sweep in tree.Sweeps)
        {
            for (int lane = 0; lane < sweep.Lanes; lane++)
            {
                // A lane that fills a vector up weighs nothing.
                if (sweep.Weights[lane] > 0)
                {
                    Walk(tree, workspace, sweep, lane, below, weight, parent, feature);
                    AddPairs(sweep.Weights[lane], below, weight, parent, feature, features, values);
                }
            }
        }
    }

    private static void Walk(
        QuadratureTree tree, QuadratureWorkspace workspace, QuadratureSweep sweep, int lane, double[] below, double[] weight, int[] parent, int[] feature)
    {
        below[0] = 1;
        foreach (ref readonly QuadratureNode node in tree.Nodes.AsSpan())
        {
            for (int side = 0; side < 2; side++)
            {
                int slot = node.Child + side, failedBefore = ~workspace.Passed[node.Earlier] & 1;
                int block = (side == 0 ? node.Left : node.Right) + (workspace.Passed[slot] & 1) + (2 * failedBefore);
                below[slot] = below[node.Slot] * sweep.Get(block, lane, growth: true);
                weight[slot] = sweep.Get(block, lane, growth: false);
                parent[slot] = node.Slot;
                feature[slot] = node.Feature;
            }
        }

        for (int i = tree.Nodes.Length - 1; i >= 0; i--)
        {
            below[tree.Nodes[i].Slot] = below[tree.Nodes[i].Child] + below[tree.Nodes[i].Child + 1];
        }
    }

    private static void AddPairs(
        double quadratureWeight, double[] below, double[] weight, int[] parent, int[] feature, int features, Span<double> values)
    {
        for (int slot = 1; slot < below.Length; slot++)
        {
            // Both weights hold that of the quadrature; and each of the two features gets half.
            double half = below[slot] * weight[slot] / (2 * quadratureWeight);
            for (int above = parent[slot]; above > 0; above = parent[above])
            {
                if (feature[above] != feature[slot])
                {
                    double pair = half * weight[above];
                    values[(feature[slot] * features) + feature[above]] += pair;
                    values[(feature[above] * features) + feature[slot]] += pair;
                }
            }
        }
    }
}
