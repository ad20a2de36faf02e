using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>A tree seen along its paths. Each node and leaf has a slot; slot 0 is the root, and the two children of a node lie side by side, after it.</summary>
/// <remarks>
/// The edge into a slot belongs to the feature that its parent splits on. Where a feature splits a path again, only the whole of its conditions counts:
/// the later edge names the earlier one, and the share of rows that pass is multiplied.
/// </remarks>
internal sealed class PathTree
{
    internal PathTree(Tree tree)
    {
        Source = tree;
        int nodes = tree.Feature.Length, slots = (2 * nodes) + 1;
        Slot = new int[nodes];
        Child = new int[nodes];
        Earlier = new int[nodes];
        Parent = new int[slots];
        EdgeFeature = new int[slots];
        Content = new int[slots];
        Distinct = new int[slots];
        EdgeFeature[0] = Parent[0] = -1;
        Content[0] = nodes == 0 ? ~0 : 0;
        int next = 1;
        for (int i = 0; i < nodes; i++)
        {
            Child[i] = next;
            Earlier[i] = EarlierEdge(Slot[i], tree.Feature[i]);
            Place(i, tree.Left[i], next++);
            Place(i, tree.Right[i], next++);
        }
    }

    internal Tree Source { get; }

    /// <summary>Per node its slot.</summary>
    internal int[] Slot { get; }

    /// <summary>Per node the slot of its left child; the right child has the next one.</summary>
    internal int[] Child { get; }

    /// <summary>Per node the slot below the nearest split above it on the same feature; −1 when there is none.</summary>
    internal int[] Earlier { get; }

    /// <summary>Per slot that of its parent; −1 for the root.</summary>
    internal int[] Parent { get; }

    /// <summary>Per slot the feature that leads to it; −1 for the root.</summary>
    internal int[] EdgeFeature { get; }

    /// <summary>Per slot the number of the node there, or the complement (~) of a leaf's.</summary>
    internal int[] Content { get; }

    /// <summary>Per slot how many features decide between the root and it.</summary>
    internal int[] Distinct { get; }

    internal int Slots => Parent.Length;

    /// <summary>The value of the leaf at a slot; 1 for a node.</summary>
    internal double LeafFactor(int slot) => Content[slot] < 0 ? Source.LeafValue[~Content[slot]] : 1;

    /// <summary>Per slot the share of its parent's cover that it has; 1 for the root.</summary>
    /// <returns>Shares in [0, 1] as a rule; NaN or infinite below a node without cover.</returns>
    internal double[] Shares()
    {
        double[] shares = new double[Slots];
        shares[0] = 1;
        for (int slot = 1; slot < shares.Length; slot++)
        {
            shares[slot] = Cover(slot) / Source.NodeCover[Content[Parent[slot]]];
        }

        return shares;
    }

    /// <summary>Notes per slot whether a row passes all conditions on the feature of its edge.</summary>
    internal void Decide(ReadOnlySpan<double> row, Span<bool> passed)
    {
        passed[0] = true;
        for (int i = 0; i < Slot.Length; i++)
        {
            bool earlier = Earlier[i] < 0 || passed[Earlier[i]];
            bool right = SplitDecision.GoesRight(Source.Kind[i], Source.Threshold[i], Source.Categories[i], row[Source.Feature[i]]);
            passed[Child[i]] = earlier && !right;
            passed[Child[i] + 1] = earlier && right;
        }
    }

    private double Cover(int slot) => Content[slot] < 0 ? Source.LeafCover[~Content[slot]] : Source.NodeCover[Content[slot]];

    private int EarlierEdge(int slot, int feature)
    {
        while (slot > 0 && EdgeFeature[slot] != feature)
        {
            slot = Parent[slot];
        }

        return slot > 0 ? slot : -1;
    }

    private void Place(int node, int child, int slot)
    {
        Parent[slot] = Slot[node];
        EdgeFeature[slot] = Source.Feature[node];
        Distinct[slot] = Distinct[Slot[node]] + (Earlier[node] < 0 ? 1 : 0);
        Content[slot] = child;
        if (child >= 0)
        {
            Slot[child] = slot;
        }
    }
}
