using System.Buffers;

namespace MlSystemDesign.Training.Trees;

/// <summary>A boosted ensemble of decision trees with a logistic link: the managed form of a LightGBM or XGBoost model.</summary>
/// <remarks>
/// Immutable and safe for any number of threads. Scoring needs no native library and allocates nothing. The margin of a row equals the
/// one of the library's own predictor to the last bit: the trees are walked by the same rules and summed in the same order and
/// precision. The start score (the log-odds of the training labels, or XGBoost's base_score) is part of a tree: of the first, or of the last where gradients were the caller's in LightGBM.
/// </remarks>
internal sealed class TreeEnsemble
{
    // LightGBM takes values this close to zero as zero (kZeroThreshold, a float).
    internal const double ZeroThreshold = 1e-35f;

    // Rows that pass a tree before the next tree: as many as stay in the nearest cache.
    private const int RowsPerBlock = 64;
    private const int MostCodesOnStack = 1024;

    private readonly FlatTrees _flat;

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
        for (int t = 0; t < Trees.Count; t++)
        {
            Trees[t].Check(t, featureCount);
        }

        _flat = new FlatTrees(Trees, precision);
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
    public double Margin(ReadOnlySpan<double> row) => Margin(row, Trees.Count);

    /// <summary>The raw margin that the first <paramref name="trees"/> trees give.</summary>
    public double Margin(ReadOnlySpan<double> row, int trees)
    {
        if (row.Length != FeatureCount)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A row must hold one value per feature. Got {row.Length} for a model of {FeatureCount}. Build the row with the model's features."),
                nameof(row));
        }

        if (!_flat.HasCategories && !_flat.HasZeroAsMissing)
        {
            return TreeWalk.Margin<NumberSplit>(_flat, row, default, trees);
        }

        uint[]? rented = FeatureCount > MostCodesOnStack ? ArrayPool<uint>.Shared.Rent(FeatureCount) : null;
        Span<uint> codes = (rented ?? stackalloc uint[MostCodesOnStack])[..FeatureCount];
        codes.Clear();
        _flat.Encode(row, codes);
        double margin = _flat.HasZeroAsMissing ? TreeWalk.Margin<AnySplit>(_flat, row, codes, trees) : TreeWalk.Margin<MixedSplit>(_flat, row, codes, trees);
        if (rented is not null)
        {
            ArrayPool<uint>.Shared.Return(rented);
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

        if (!_flat.HasCategories && !_flat.HasZeroAsMissing)
        {
            for (int first = 0; first < margins.Length; first += RowsPerBlock)
            {
                Span<double> block = margins.Slice(first, Math.Min(RowsPerBlock, margins.Length - first));
                TreeWalk.Margins<NumberSplit>(_flat, rows.Slice(first * FeatureCount, block.Length * FeatureCount), default, FeatureCount, block);
            }

            return;
        }

        uint[] codes = ArrayPool<uint>.Shared.Rent(RowsPerBlock * FeatureCount);
        Array.Clear(codes);
        for (int first = 0; first < margins.Length; first += RowsPerBlock)
        {
            Span<double> block = margins.Slice(first, Math.Min(RowsPerBlock, margins.Length - first));
            EncodedMargins(rows.Slice(first * FeatureCount, block.Length * FeatureCount), codes.AsSpan(0, block.Length * FeatureCount), block);
        }

        ArrayPool<uint>.Shared.Return(codes);
    }

    /// <summary>The probability of the positive class, uncalibrated, in [0, 1].</summary>
    public double Probability(ReadOnlySpan<double> row) => 1.0 / (1.0 + Math.Exp(-Sigmoid * Margin(row)));

    private void EncodedMargins(ReadOnlySpan<double> rows, Span<uint> codes, Span<double> margins)
    {
        for (int i = 0; i < margins.Length; i++)
        {
            _flat.Encode(rows.Slice(i * FeatureCount, FeatureCount), codes.Slice(i * FeatureCount, FeatureCount));
        }

        if (_flat.HasZeroAsMissing)
        {
            TreeWalk.Margins<AnySplit>(_flat, rows, codes, FeatureCount, margins);
        }
        else
        {
            TreeWalk.Margins<MixedSplit>(_flat, rows, codes, FeatureCount, margins);
        }
    }
}
