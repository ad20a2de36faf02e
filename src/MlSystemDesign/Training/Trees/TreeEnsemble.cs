using System.Runtime.CompilerServices;

namespace MlSystemDesign.Training.Trees;

/// <summary>A boosted ensemble of decision trees with a logistic link: the managed form of a LightGBM or XGBoost model.</summary>
/// <remarks>
/// Immutable and safe for any number of threads. Scoring needs no native library and allocates nothing. The margin of a row equals the
/// one of the library's own predictor to the last bit: the trees are walked by the same rules and summed in the same order and
/// precision. The start score (the log-odds of the training labels, or XGBoost's base_score) is part of the first tree.
/// </remarks>
internal sealed class TreeEnsemble
{
    // LightGBM takes values this close to zero as zero (kZeroThreshold, a float).
    internal const double ZeroThreshold = 1e-35f;

    private readonly int[] _root;
    private readonly FlatNode[] _nodes;
    private readonly uint[]?[] _categories;
    private readonly double[] _leafValue;

    /// <summary>Makes the ensemble of trees in boosting order; none may be changed later.</summary>
    /// <exception cref="TreeFormatException">A tree breaks a rule of <see cref="Tree"/>, or the sizes make no sense.</exception>
    public TreeEnsemble(int featureCount, double sigmoid, IReadOnlyList<Tree> trees, CoverKind cover = CoverKind.Counts, MarginPrecision precision = MarginPrecision.Double)
    {
        if (featureCount < 1 || !double.IsFinite(sigmoid) || sigmoid <= 0)
        {
            throw new TreeFormatException(FormattableString.Invariant(
                $"A model must have features and a positive sigmoid. Got {featureCount} features and sigmoid {sigmoid}. Take it from its source again."));
        }

        FeatureCount = featureCount;
        Sigmoid = sigmoid;
        Cover = cover;
        Precision = precision;
        Trees = [.. trees];
        int nodes = 0;
        for (int t = 0; t < Trees.Count; t++)
        {
            Trees[t].Check(t, featureCount);
            nodes += Trees[t].Feature.Length + Trees[t].LeafValue.Length;
        }

        _root = new int[Trees.Count];
        _nodes = new FlatNode[nodes];
        _categories = new uint[]?[nodes];
        _leafValue = new double[nodes];
        Flatten();
    }

    /// <summary>Values per row.</summary>
    public int FeatureCount { get; }

    /// <summary>Steepness of the link: probability = 1 / (1 + exp(−sigmoid × margin)).</summary>
    public double Sigmoid { get; }

    /// <summary>In which precision leaves are summed.</summary>
    public MarginPrecision Precision { get; }

    /// <summary>What the covers of the trees count.</summary>
    public CoverKind Cover { get; }

    /// <summary>The trees in boosting order, for explanation and storage; not to be changed.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>The raw margin of one row: log-odds when <see cref="Sigmoid"/> is 1.</summary>
    /// <param name="row">One value per feature; NaN is missing, categorical features hold codes.</param>
    /// <exception cref="ArgumentException">The row is not of <see cref="FeatureCount"/> values.</exception>
    public double Margin(ReadOnlySpan<double> row) => Margin(row, _root.Length);

    /// <summary>The raw margin that the first <paramref name="trees"/> trees give.</summary>
    public double Margin(ReadOnlySpan<double> row, int trees)
    {
        if (row.Length != FeatureCount)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A row must hold one value per feature. Got {row.Length} for a model of {FeatureCount}. Build the row with the model's features."),
                nameof(row));
        }

        ReadOnlySpan<int> roots = _root.AsSpan(0, trees);
        double margin = 0;
        int tree = 0;

        // Four trees at a time: the walks wait for memory, and side by side they wait together. A walk that has arrived stays.
        for (; tree + 4 <= roots.Length; tree += 4)
        {
            (int a, int b, int c, int d) = (roots[tree], roots[tree + 1], roots[tree + 2], roots[tree + 3]);
            int moved;
            do
            {
                (int nextA, int nextB, int nextC, int nextD) = (Step(a, row), Step(b, row), Step(c, row), Step(d, row));
                moved = (nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d);
                (a, b, c, d) = (nextA, nextB, nextC, nextD);
            }
            while (moved != 0);
            margin = Plus(Plus(Plus(Plus(margin, a), b), c), d);
        }

        for (; tree < roots.Length; tree++)
        {
            int at = roots[tree];
            for (int next = Step(at, row); next != at; next = Step(at, row))
            {
                at = next;
            }

            margin = Plus(margin, at);
        }

        return margin;
    }

    /// <summary>The raw margins of row-major rows.</summary>
    public void Margins(ReadOnlySpan<double> rows, Span<double> margins)
    {
        if (rows.Length != (long)margins.Length * FeatureCount)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The matrix must hold rows × features values. Got {rows.Length} for {margins.Length} × {FeatureCount}. Pass the whole matrix."),
                nameof(rows));
        }

        for (int i = 0; i < margins.Length; i++)
        {
            margins[i] = Margin(rows.Slice(i * FeatureCount, FeatureCount), _root.Length);
        }
    }

    /// <summary>The probability of the positive class, uncalibrated, in [0, 1].</summary>
    public double Probability(ReadOnlySpan<double> row) => 1.0 / (1.0 + Math.Exp(-Sigmoid * Margin(row)));

    // A sum of 32 bits is exact in 64.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Plus(double margin, int leaf) =>
        Precision == MarginPrecision.Double ? margin + _leafValue[leaf] : (float)margin + (float)_leafValue[leaf];

    // The next node; of a leaf, the leaf.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Step(int at, ReadOnlySpan<double> row)
    {
        ref readonly FlatNode node = ref _nodes[at];
        double value = row[node.Feature];
        int right = node.Kind <= NodeKind.MissingLeft
            ? (value > node.Threshold ? 1 : 0) | ((double.IsNaN(value) ? 1 : 0) & ~(int)node.Kind)
            : GoesRight(at, value);
        return node.Child + right;
    }

    private int GoesRight(int at, double value)
    {
        ref readonly FlatNode node = ref _nodes[at];
        return SplitDecision.GoesRight(node.Kind, node.Threshold, _categories[at], value) ? 1 : 0;
    }

    // The two children of a node lie side by side; a tree's children follow their parents.
    private void Flatten()
    {
        int next = 0;
        for (int t = 0; t < _root.Length; t++)
        {
            Tree tree = Trees[t];
            int[] place = new int[tree.Feature.Length];
            int root = next++;
            _root[t] = root;
            if (place.Length == 0)
            {
                PlaceLeaf(root, tree.LeafValue[0]);
                continue;
            }

            place[0] = root;
            for (int i = 0; i < place.Length; i++)
            {
                _nodes[place[i]] = new FlatNode(tree.Threshold[i], tree.Feature[i], next, tree.Kind[i]);
                _categories[place[i]] = tree.Categories[i];
                Place(tree, tree.Left[i], next++, place);
                Place(tree, tree.Right[i], next++, place);
            }
        }
    }

    private void Place(Tree tree, int child, int at, int[] place)
    {
        if (child >= 0)
        {
            place[child] = at;
        }
        else
        {
            PlaceLeaf(at, tree.LeafValue[~child]);
        }
    }

    private void PlaceLeaf(int at, double value)
    {
        _nodes[at] = new FlatNode(double.PositiveInfinity, 0, at, NodeKind.MissingLeft);
        _leafValue[at] = value;
    }

    /// <summary>A node as the walk reads it. Its right child follows the left one; a leaf leads to itself, whatever the value.</summary>
    private readonly record struct FlatNode(double Threshold, int Feature, int Child, NodeKind Kind);
}
