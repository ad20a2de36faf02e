namespace MlSystemDesign.Training.Trees;

/// <summary>A boosted ensemble of decision trees with a logistic link: the managed form of a LightGBM binary model.</summary>
/// <remarks>
/// Immutable and safe for any number of threads. Scoring needs no native library and allocates nothing. The margin of a row equals the
/// one of LightGBM's own predictor to the last bit: the trees are walked by the same rules and summed in the same order. The start
/// score (the log-odds of the training labels) is part of the first tree.
/// </remarks>
internal sealed class TreeEnsemble
{
    // LightGBM takes values this close to zero as zero (kZeroThreshold, a float).
    internal const double ZeroThreshold = 1e-35f;

    private readonly int[] _root;
    private readonly int[] _feature;
    private readonly double[] _threshold;
    private readonly NodeKind[] _kind;
    private readonly int[] _child;
    private readonly uint[]?[] _categories;
    private readonly double[] _leafValue;

    /// <summary>Makes the ensemble of trees in boosting order; none may be changed later.</summary>
    /// <exception cref="TreeFormatException">A tree breaks a rule of <see cref="Tree"/>, or the sizes make no sense.</exception>
    public TreeEnsemble(int featureCount, double sigmoid, IReadOnlyList<Tree> trees)
    {
        if (featureCount < 1 || !double.IsFinite(sigmoid) || sigmoid <= 0)
        {
            throw new TreeFormatException(FormattableString.Invariant(
                $"A model must have features and a positive sigmoid. Got {featureCount} features and sigmoid {sigmoid}. Take it from its source again."));
        }

        FeatureCount = featureCount;
        Sigmoid = sigmoid;
        Trees = [.. trees];
        int nodes = 0;
        int leaves = 0;
        for (int t = 0; t < Trees.Count; t++)
        {
            Trees[t].Check(t, featureCount);
            nodes += Trees[t].Feature.Length;
            leaves += Trees[t].LeafValue.Length;
        }

        _root = new int[Trees.Count];
        _feature = new int[nodes];
        _threshold = new double[nodes];
        _kind = new NodeKind[nodes];
        _child = new int[2 * nodes];
        _categories = new uint[]?[nodes];
        _leafValue = new double[leaves];
        Flatten();
    }

    /// <summary>Values per row.</summary>
    public int FeatureCount { get; }

    /// <summary>Steepness of the link: probability = 1 / (1 + exp(−sigmoid × margin)).</summary>
    public double Sigmoid { get; }

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

        ReadOnlySpan<double> leafValue = _leafValue;
        double margin = 0;
        foreach (int root in _root.AsSpan(0, trees))
        {
            margin += leafValue[~Leaf(root, row)];
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

    private static bool InSet(uint[] bits, double value)
    {
        // (int)value as in C: toward zero, so that −0.5 is category 0. Written so that NaN fails.
        if (!(value > -1 && value < bits.Length * 32.0))
        {
            return false;
        }

        int category = (int)value;
        return (bits[category >> 5] >> (category & 31) & 1) != 0;
    }

    private int Leaf(int node, ReadOnlySpan<double> row)
    {
        while (node >= 0)
        {
            double value = row[_feature[node]];
            NodeKind kind = _kind[node];
            bool right = kind switch
            {
                NodeKind.None => !(value <= _threshold[node]),
                NodeKind.MissingLeft => value > _threshold[node],
                _ => GoesRight(node, kind, value),
            };
            node = _child[(2 * node) + (right ? 1 : 0)];
        }

        return node;
    }

    private bool GoesRight(int node, NodeKind kind, double value)
    {
        if (kind == NodeKind.Categorical)
        {
            return !InSet(_categories[node]!, value);
        }

        bool missing = double.IsNaN(value) || Math.Abs(value) <= ZeroThreshold;
        return missing ? (kind & NodeKind.MissingLeft) == 0 : value > _threshold[node];
    }

    private void Flatten()
    {
        int node = 0;
        int leaf = 0;
        for (int t = 0; t < _root.Length; t++)
        {
            Tree tree = Trees[t];
            _root[t] = tree.Feature.Length == 0 ? ~leaf : node;
            for (int i = 0; i < tree.Feature.Length; i++)
            {
                _child[2 * (node + i)] = Shift(tree.Left[i], node, leaf);
                _child[(2 * (node + i)) + 1] = Shift(tree.Right[i], node, leaf);
            }

            tree.Feature.CopyTo(_feature, node);
            tree.Threshold.CopyTo(_threshold, node);
            tree.Kind.CopyTo(_kind, node);
            tree.Categories.CopyTo(_categories, node);
            tree.LeafValue.CopyTo(_leafValue, leaf);
            node += tree.Feature.Length;
            leaf += tree.LeafValue.Length;
        }
    }

    private static int Shift(int child, int node, int leaf) => child >= 0 ? child + node : ~(~child + leaf);
}
