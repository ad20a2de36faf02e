namespace MlSystemDesign.Training.Trees;

/// <summary>Trees laid out to be walked: all nodes in one array, the two children of a node side by side, and the category sets in another.</summary>
/// <remarks>Immutable. A leaf is a node that leads to itself, so that several walks can go on together until the last has arrived.</remarks>
internal sealed class FlatTrees
{
    // What numeric nodes have for a set: no limit, and category 0, the code of every number, goes left.
    private const int NoSet = 0;

    private readonly int[] _root;
    private readonly FlatNode[] _nodes;
    private readonly double[] _leafValue;
    private readonly uint[] _sets;
    private readonly int[] _categorical;

    /// <summary>Lays checked trees out.</summary>
    internal FlatTrees(IReadOnlyList<Tree> trees, MarginPrecision precision)
    {
        Precision = precision;
        int nodes = trees.Sum(t => t.Feature.Length + t.LeafValue.Length);
        _root = new int[trees.Count];
        _nodes = new FlatNode[nodes];
        _leafValue = new double[nodes];
        List<uint> sets = [0, 1];
        int next = 0;
        for (int t = 0; t < trees.Count; t++)
        {
            _root[t] = next;
            next = Place(trees[t], next, sets);
        }

        _sets = [.. sets];
        _categorical = [.. _nodes.Where(n => n.Set != NoSet).Select(n => n.Feature).Distinct().Order()];
        HasZeroAsMissing = _nodes.Any(n => (n.Kind & NodeKind.ZeroIsMissing) != 0);
    }

    internal MarginPrecision Precision { get; }

    internal bool HasZeroAsMissing { get; }

    internal bool HasCategories => _categorical.Length > 0;

    internal ReadOnlySpan<int> Roots => _root;

    internal ReadOnlySpan<FlatNode> Nodes => _nodes;

    /// <summary>Per node the value of a leaf; 0 elsewhere.</summary>
    internal ReadOnlySpan<double> LeafValue => _leafValue;

    /// <summary>The category sets: at <see cref="FlatNode.Set"/> the first category that cannot be in the set, then a bit for each one before it, and for that one.</summary>
    internal ReadOnlySpan<uint> Sets => _sets;

    /// <summary>Fills in the category codes of a row; other places must be 0, the code of every number.</summary>
    internal void Encode(ReadOnlySpan<double> row, Span<uint> codes)
    {
        foreach (int feature in _categorical)
        {
            // (int)value as in C: toward zero, so that −0.5 is category 0 for LightGBM; XGBoost knows no category below 0. Written so that NaN fails.
            double value = row[feature];
            bool known = Precision == MarginPrecision.Single ? (float)value >= 0 : value > -1;
            codes[feature] = known && value < int.MaxValue ? (uint)(int)value : uint.MaxValue;
        }
    }

    private int Place(Tree tree, int root, List<uint> sets)
    {
        int next = root + 1;
        if (tree.Feature.Length == 0)
        {
            PlaceLeaf(root, tree.LeafValue[0]);
            return next;
        }

        // Children follow their parents.
        int[] place = new int[tree.Feature.Length];
        place[0] = root;
        for (int i = 0; i < place.Length; i++)
        {
            int set = AddSet(tree.Categories[i], sets);
            _nodes[place[i]] = new FlatNode(set == NoSet ? tree.Threshold[i] : double.PositiveInfinity, tree.Feature[i], next, set, tree.Kind[i]);
            foreach (int child in (ReadOnlySpan<int>)[tree.Left[i], tree.Right[i]])
            {
                if (child >= 0)
                {
                    place[child] = next;
                }
                else
                {
                    PlaceLeaf(next, tree.LeafValue[~child]);
                }

                next++;
            }
        }

        return next;
    }

    private static int AddSet(uint[]? words, List<uint> sets)
    {
        if (words is null)
        {
            return NoSet;
        }

        int set = sets.Count;
        sets.Add((uint)words.Length * 32);
        sets.AddRange(words);
        sets.Add(0);
        return set;
    }

    private void PlaceLeaf(int at, double value)
    {
        _nodes[at] = new FlatNode(double.PositiveInfinity, 0, at, NoSet, NodeKind.MissingLeft);
        _leafValue[at] = value;
    }
}
