using System.Text.Json;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Import;

/// <summary>Reads one tree of an XGBoost model.</summary>
/// <remarks>
/// XGBoost goes left when (float)value &lt; condition, and with a category when it is <em>not</em> in the node's set; a missing value goes
/// the node's default way. A set's own side is the left one in our trees, so the children of a categorical node change places.
/// </remarks>
internal sealed class XGBoostTreeJson
{
    private readonly string _place;
    private readonly int[] _left, _right, _feature, _defaultLeft, _splitType;
    private readonly float[] _condition, _hessian;
    private readonly Dictionary<int, uint[]> _sets;

    private XGBoostTreeJson(JsonElement tree, string place, CategorySetBudget budget)
    {
        _place = place;
        JsonElement parameters = tree.Member("tree_param", place);
        int nodes = parameters.IntegerText("num_nodes", place);
        if (parameters.IntegerText("size_leaf_vector", place) > 1)
        {
            throw XGBoostJsonMember.Fault("The leaves of an XGBoost model must be single numbers", $"leaf vectors in {place}");
        }

        _left = tree.Integers("left_children", place, nodes);
        _right = tree.Integers("right_children", place, nodes);
        _feature = tree.Integers("split_indices", place, nodes);
        _defaultLeft = tree.Integers("default_left", place, nodes);
        _condition = tree.Floats("split_conditions", place, nodes);
        _hessian = tree.Floats("sum_hessian", place, nodes);
        _splitType = tree.TryGetProperty("split_type", out _) ? tree.Integers("split_type", place, nodes) : new int[nodes];
        _sets = System.Array.Exists(_splitType, type => type != 0) ? Sets(tree, budget) : [];
    }

    /// <exception cref="TreeFormatException">A member is missing or damaged, or the nodes do not make a tree.</exception>
    internal static Tree Read(JsonElement tree, string place, CategorySetBudget budget) => new XGBoostTreeJson(tree, place, budget).ToTree();

    private Dictionary<int, uint[]> Sets(JsonElement tree, CategorySetBudget budget)
    {
        int[] nodes = tree.Integers("categories_nodes", _place);
        int[] starts = tree.Integers("categories_segments", _place, nodes.Length);
        int[] sizes = tree.Integers("categories_sizes", _place, nodes.Length);
        int[] categories = tree.Integers("categories", _place);
        Dictionary<int, uint[]> sets = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            if (starts[i] < 0 || sizes[i] < 1 || starts[i] > categories.Length - sizes[i])
            {
                throw Damaged("have category sets that lie within its categories", $"{sizes[i]} from {starts[i]} on, of {categories.Length}");
            }

            sets[nodes[i]] = budget.SetOf(categories.AsSpan(starts[i], sizes[i]), _place);
        }

        return sets;
    }

    // The file's order of nodes is free, and pruned ones may lie between: nodes are numbered anew as a walk from the root meets them.
    private Tree ToTree()
    {
        (List<int> inner, List<int> leaves, Dictionary<int, int> child) = Walk();
        int[] nodes = [.. inner];
        return new Tree
        {
            Feature = System.Array.ConvertAll(nodes, n => _feature[n]),
            Threshold = System.Array.ConvertAll(nodes, n => _splitType[n] == 0 ? Threshold(n) : 0),
            Kind = System.Array.ConvertAll(nodes, Kind),
            Left = System.Array.ConvertAll(nodes, n => child[_splitType[n] == 0 ? _left[n] : _right[n]]),
            Right = System.Array.ConvertAll(nodes, n => child[_splitType[n] == 0 ? _right[n] : _left[n]]),
            NodeCover = System.Array.ConvertAll(nodes, n => (double)_hessian[n]),
            Categories = System.Array.ConvertAll(nodes, n => _splitType[n] == 0 ? null : SetOf(n)),
            LeafValue = [.. leaves.Select(n => (double)_condition[n])],
            LeafCover = [.. leaves.Select(n => (double)_hessian[n])],
        };
    }

    private (List<int> Inner, List<int> Leaves, Dictionary<int, int> Child) Walk()
    {
        List<int> inner = [], leaves = [];
        Dictionary<int, int> child = [];
        Queue<int> ahead = new([0]);
        while (ahead.TryDequeue(out int node))
        {
            if ((uint)node >= (uint)_left.Length || child.ContainsKey(node))
            {
                throw Damaged("lead from every node to two nodes of its own", $"node {node} of {_left.Length}{(child.ContainsKey(node) ? " twice" : "")}");
            }

            if (_left[node] == -1 && _right[node] == -1)
            {
                child[node] = ~leaves.Count;
                leaves.Add(node);
                continue;
            }

            child[node] = inner.Count;
            inner.Add(node);
            ahead.Enqueue(_left[node]);
            ahead.Enqueue(_right[node]);
        }

        return (inner, leaves, child);
    }

    private NodeKind Kind(int node)
    {
        bool left = _defaultLeft[node] != 0;
        return _splitType[node] switch
        {
            0 => left ? NodeKind.MissingLeft : NodeKind.None,
            1 => NodeKind.Categorical | (left ? NodeKind.None : NodeKind.MissingLeft),
            _ => throw Damaged("split by number (0) or by category (1)", $"{_splitType[node]} in node {node}"),
        };
    }

    private double Threshold(int node) => float.IsFinite(_condition[node])
        ? XGBoostThreshold.Of(_condition[node])
        : throw Damaged("split at finite numbers", $"{_condition[node]} in node {node}");

    private uint[] SetOf(int node) =>
        _sets.TryGetValue(node, out uint[]? set) ? set : throw Damaged("have a category set for every split by category", $"none for node {node}");

    private TreeFormatException Damaged(string rule, FormattableString got) =>
        XGBoostJsonMember.Fault($"An XGBoost model must, in {_place}, {rule}", FormattableString.Invariant(got));
}
