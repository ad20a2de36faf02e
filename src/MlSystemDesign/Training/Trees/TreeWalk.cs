using System.Runtime.CompilerServices;

namespace MlSystemDesign.Training.Trees;

/// <summary>Walks rows through trees and sums the leaves in boosting order. Four walks go together: each waits for memory, and side by side they wait together.</summary>
internal static class TreeWalk
{
    /// <summary>The margin of one row over the first trees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Margin<TSplit>(FlatTrees trees, ReadOnlySpan<double> row, ReadOnlySpan<uint> codes, int count)
        where TSplit : ISplit
    {
        ReadOnlySpan<int> roots = trees.Roots[..count];
        ReadOnlySpan<FlatNode> nodes = trees.Nodes;
        ReadOnlySpan<uint> sets = trees.Sets;
        ReadOnlySpan<double> leaves = trees.LeafValue;
        bool single = trees.Precision == MarginPrecision.Single;
        double margin = 0;
        int tree = 0;
        for (; tree + 4 <= roots.Length; tree += 4)
        {
            (int a, int b, int c, int d) = (roots[tree], roots[tree + 1], roots[tree + 2], roots[tree + 3]);
            int moved;
            do
            {
                int nextA = Next<TSplit>(nodes, a, row, codes, sets), nextB = Next<TSplit>(nodes, b, row, codes, sets);
                int nextC = Next<TSplit>(nodes, c, row, codes, sets), nextD = Next<TSplit>(nodes, d, row, codes, sets);
                moved = (nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d);
                (a, b, c, d) = (nextA, nextB, nextC, nextD);
            }
            while (moved != 0);
            margin = Plus(Plus(Plus(Plus(margin, leaves[a], single), leaves[b], single), leaves[c], single), leaves[d], single);
        }

        for (; tree < roots.Length; tree++)
        {
            margin = Plus(margin, leaves[Leaf<TSplit>(nodes, roots[tree], row, codes, sets)], single);
        }

        return margin;
    }

    /// <summary>The margins of a block of row-major rows: tree after tree, so that a tree stays near while all rows pass it.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="codes">Their category codes, laid out like the rows; empty when no node asks for one.</param>
    /// <param name="columns">Values per row.</param>
    /// <param name="margins">One place per row, overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Margins<TSplit>(FlatTrees trees, ReadOnlySpan<double> rows, ReadOnlySpan<uint> codes, int columns, Span<double> margins)
        where TSplit : ISplit
    {
        ReadOnlySpan<FlatNode> nodes = trees.Nodes;
        ReadOnlySpan<uint> sets = trees.Sets;
        ReadOnlySpan<double> leaves = trees.LeafValue;
        bool single = trees.Precision == MarginPrecision.Single;
        margins.Clear();
        foreach (int root in trees.Roots)
        {
            int row = 0;
            for (; row + 4 <= margins.Length; row += 4)
            {
                int a = root, b = root, c = root, d = root, at = row * columns, moved;
                ReadOnlySpan<double> rowA = rows.Slice(at, columns), rowB = rows.Slice(at + columns, columns);
                ReadOnlySpan<double> rowC = rows.Slice(at + (2 * columns), columns), rowD = rows.Slice(at + (3 * columns), columns);
                ReadOnlySpan<uint> codesA = Codes(codes, at, columns), codesB = Codes(codes, at + columns, columns);
                ReadOnlySpan<uint> codesC = Codes(codes, at + (2 * columns), columns), codesD = Codes(codes, at + (3 * columns), columns);
                do
                {
                    int nextA = Next<TSplit>(nodes, a, rowA, codesA, sets), nextB = Next<TSplit>(nodes, b, rowB, codesB, sets);
                    int nextC = Next<TSplit>(nodes, c, rowC, codesC, sets), nextD = Next<TSplit>(nodes, d, rowD, codesD, sets);
                    moved = (nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d);
                    (a, b, c, d) = (nextA, nextB, nextC, nextD);
                }
                while (moved != 0);
                margins[row] = Plus(margins[row], leaves[a], single);
                margins[row + 1] = Plus(margins[row + 1], leaves[b], single);
                margins[row + 2] = Plus(margins[row + 2], leaves[c], single);
                margins[row + 3] = Plus(margins[row + 3], leaves[d], single);
            }

            for (; row < margins.Length; row++)
            {
                int leaf = Leaf<TSplit>(nodes, root, rows.Slice(row * columns, columns), Codes(codes, row * columns, columns), sets);
                margins[row] = Plus(margins[row], leaves[leaf], single);
            }
        }
    }

    private static ReadOnlySpan<uint> Codes(ReadOnlySpan<uint> codes, int at, int columns) => codes.IsEmpty ? default : codes.Slice(at, columns);

    // The next node; of a leaf, the leaf.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next<TSplit>(ReadOnlySpan<FlatNode> nodes, int at, ReadOnlySpan<double> row, ReadOnlySpan<uint> codes, ReadOnlySpan<uint> sets)
        where TSplit : ISplit
    {
        ref readonly FlatNode node = ref nodes[at];
        return node.Child + TSplit.Right(node, row, codes, sets);
    }

    private static int Leaf<TSplit>(ReadOnlySpan<FlatNode> nodes, int root, ReadOnlySpan<double> row, ReadOnlySpan<uint> codes, ReadOnlySpan<uint> sets)
        where TSplit : ISplit
    {
        int at = root;
        for (int next = Next<TSplit>(nodes, at, row, codes, sets); next != at; next = Next<TSplit>(nodes, at, row, codes, sets))
        {
            at = next;
        }

        return at;
    }

    // A sum of 32 bits is exact in 64.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Plus(double margin, double leaf, bool single) => single ? (float)margin + (float)leaf : margin + leaf;
}
