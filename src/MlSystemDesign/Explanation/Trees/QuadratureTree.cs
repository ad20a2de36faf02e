using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>The tables of one tree for quadrature SHAP (Wettenstein, Mitchell and Yu, arXiv 2605.04497).</summary>
/// <remarks>
/// <para>When each feature is known with probability t, a leaf counts with value · Π pᵢ(t) over the features of its path, where pᵢ = wᵢ + t (aᵢ − wᵢ):
/// aᵢ is 1 when the row passes all conditions on i, and wᵢ the share of the cover that does. The SHAP value of i is the integral over t of the derivative by its
/// own probability, (aᵢ − wᵢ) · Π over the others: a polynomial of a degree below the number of features d, so that ⌈d/2⌉ Gauss-Legendre nodes give
/// it exactly.</para>
/// <para>Every edge has a block per state (fails, passes, failed at an earlier split on the same feature): by what p(t) of the path grows, and the weight
/// of everything below in the feature's value, less what the earlier edge has given it. Leaf values are part of the growth.</para>
/// </remarks>
internal sealed class QuadratureTree
{
    private const int Fails = 0, Passes = 1, FailedBefore = 2;

    /// <exception cref="ExplanationException">A split has no cover.</exception>
    internal QuadratureTree(Tree tree, int number)
    {
        PathTree paths = new(tree);
        double[] shares = paths.Shares();
        int bad = Array.FindIndex(shares, share => !double.IsFinite(share));
        if (bad >= 0)
        {
            throw new ExplanationException(FormattableString.Invariant(
                $"Every split must have a cover above 0 for a path-dependent explanation. Got none above slot {bad} of tree {number}. Explain against a background table instead: ModelExplainer.Interventional."));
        }

        Slots = paths.Slots;
        Features = paths.Distinct.Max();
        Nodes = new QuadratureNode[tree.Feature.Length];
        int blocks = 0;
        for (int i = 0; i < Nodes.Length; i++)
        {
            int states = paths.Earlier[i] < 0 ? 2 : 3;
            Nodes[i] = new QuadratureNode(
                tree.Threshold[i], tree.Feature[i], paths.Slot[i], paths.Child[i], paths.Earlier[i] < 0 ? Slots : paths.Earlier[i], blocks, blocks + states, tree.Kind[i], tree.Categories[i]);
            blocks += 2 * states;
        }

        // ⌈d/2⌉ nodes; lanes to fill a vector weigh nothing.
        int count = Math.Max(1, (Features + 1) / 2), lanes = (count + 3) / 4 * 4;
        (double[] t, double[] weights) = GaussLegendre.Rule(count);
        (t, weights) = ([.. t, .. Enumerable.Repeat(0.5, lanes - count)], [.. weights, .. new double[lanes - count]]);
        List<QuadratureSweep> sweeps = [];
        for (int first = 0; first < lanes; first += sweeps[^1].Lanes)
        {
            int taken = lanes - first >= 8 ? 8 : 4;
            QuadratureSweep sweep = new(taken, blocks, t.AsSpan(first, taken), weights.AsSpan(first, taken));
            Fill(sweep, paths, shares);
            sweeps.Add(sweep);
        }

        Sweeps = [.. sweeps];
        RowTables = [.. Enumerable.Range(0, count).Select(RowTable)];
        Again = new AlignedDoubles(2 * Nodes.Length);
        for (int i = 0; i < Nodes.Length; i++)
        {
            for (int side = 0; side < 2; side++)
            {
                int slot = paths.Child[i] + side;
                Again.Span[(2 * i) + side] = shares[slot] * paths.LeafFactor(slot);
            }
        }

        Expected = ExpectedValue(paths, shares);
    }

    internal QuadratureNode[] Nodes { get; }

    /// <summary>The nodes of the quadrature, in groups that one sweep over the tree takes.</summary>
    internal QuadratureSweep[] Sweeps { get; }

    /// <summary>The same tables for rows side by side: per quadrature node, per split what its two edges do to rows that pass or fail.</summary>
    internal AlignedDoubles[] RowTables { get; }

    /// <summary>Per split and edge the growth for rows that failed at an earlier split on the feature; the same at every node.</summary>
    internal AlignedDoubles Again { get; }

    internal int Slots { get; }

    /// <summary>The most features on a path.</summary>
    internal int Features { get; }

    /// <summary>The mean leaf value under the cover.</summary>
    internal double Expected { get; }

    private static double ExpectedValue(PathTree paths, double[] shares)
    {
        double[] reach = new double[shares.Length];
        reach[0] = 1;
        double sum = paths.Slots == 1 ? paths.LeafFactor(0) : 0;
        for (int slot = 1; slot < reach.Length; slot++)
        {
            reach[slot] = reach[paths.Parent[slot]] * shares[slot];
            sum += paths.Content[slot] < 0 ? reach[slot] * paths.LeafFactor(slot) : 0;
        }

        return sum;
    }

    // Per split one cache line: growth on the left (pass, fail) and right, weight on the left and right.
    private AlignedDoubles RowTable(int node)
    {
        QuadratureSweep sweep = Sweeps[node / 8];
        AlignedDoubles table = new(8 * Nodes.Length);
        for (int i = 0; i < Nodes.Length; i++)
        {
            for (int part = 0; part < 8; part++)
            {
                int block = ((part & 2) == 0 ? Nodes[i].Left : Nodes[i].Right) + ((part & 1) == 0 ? Passes : Fails);
                table.Span[(8 * i) + part] = sweep.Get(block, node % 8, part < 4);
            }
        }

        return table;
    }

    private void Fill(QuadratureSweep sweep, PathTree paths, double[] shares)
    {
        // Per slot the share of the cover that passes all conditions on the feature of its edge.
        double[] whole = new double[shares.Length];
        for (int i = 0; i < Nodes.Length; i++)
        {
            double before = paths.Earlier[i] < 0 ? 1 : whole[paths.Earlier[i]];
            for (int side = 0; side < 2; side++)
            {
                int slot = paths.Child[i] + side, block = side == 0 ? Nodes[i].Left : Nodes[i].Right;
                double leaf = paths.LeafFactor(slot);
                whole[slot] = before * shares[slot];
                for (int lane = 0; lane < sweep.Lanes; lane++)
                {
                    (double t, double weight) = (sweep.T[lane], sweep.Weights[lane]);
                    double old = before + (t * (1 - before)), now = whole[slot] + (t * (1 - whole[slot])), failed = whole[slot] * (1 - t);
                    double given = (1 - before) / old;
                    sweep.Set(block + Fails, lane, failed / old * leaf, weight * ((-1 / (1 - t)) - given));
                    sweep.Set(block + Passes, lane, now / old * leaf, weight * (((1 - whole[slot]) / now) - given));
                    if (paths.Earlier[i] >= 0)
                    {
                        sweep.Set(block + FailedBefore, lane, shares[slot] * leaf, 0);
                    }
                }
            }
        }
    }
}
