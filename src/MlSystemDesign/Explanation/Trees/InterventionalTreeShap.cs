using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>Exact interventional SHAP values of boosted trees against a background; needs no covers.</summary>
internal sealed class InterventionalTreeShap : IAttributionKernel
{
    private readonly TreeEnsemble _ensemble;
    private readonly PathTree[] _trees;
    private readonly BackgroundLeaf[][] _leaves;

    /// <exception cref="ExplanationException">A path has too many features.</exception>
    internal InterventionalTreeShap(TreeEnsemble ensemble, FeatureTable background)
    {
        _ensemble = ensemble;
        _trees = [.. ensemble.Trees.Select(tree => new PathTree(tree))];
        double[] rows = Rows(background, 0, background.RowCount);
        _leaves = [.. _trees.Select(tree => Leaves(tree, rows))];
        BaseValue = ensemble.Sigmoid * _leaves.Sum(tree => tree.Sum(leaf => leaf.Expected));
        Scale = TreeScale.Of(ensemble);
        Rounding = TreeScale.RoundingOf(ensemble);
    }

    public double BaseValue { get; }

    public double Scale { get; }

    public double Rounding { get; }

    public AttributionMethod Method => AttributionMethod.Interventional;

    public CoverKind Cover => CoverKind.None;

    public void Explain(FeatureTable table, int first, Span<double> scores, Span<double> values)
    {
        double[] rows = Rows(table, first, scores.Length);
        _ensemble.Margins(rows, scores);
        values.Clear();
        for (int t = 0; t < _trees.Length; t++)
        {
            AddTree(t, rows, values);
        }

        foreach (ref double score in scores)
        {
            score *= _ensemble.Sigmoid;
        }

        foreach (ref double value in values)
        {
            value *= _ensemble.Sigmoid;
        }
    }

    private double[] Rows(FeatureTable table, int first, int count)
    {
        double[] rows = new double[count * _ensemble.FeatureCount];
        FeatureRows.Fill(table, first, rows);
        return rows;
    }

    // Many rows meet a leaf with the same pattern: its attributions are worked out once.
    private void AddTree(int tree, ReadOnlySpan<double> rows, Span<double> values)
    {
        int columns = _ensemble.FeatureCount;
        bool[] passed = new bool[_trees[tree].Slots];
        Dictionary<ulong, double[]>[] known = [.. _leaves[tree].Select(_ => new Dictionary<ulong, double[]>())];
        for (int start = 0; start < rows.Length; start += columns)
        {
            _trees[tree].Decide(rows.Slice(start, columns), passed);
            for (int l = 0; l < known.Length; l++)
            {
                BackgroundLeaf leaf = _leaves[tree][l];
                ulong pattern = leaf.Pattern(passed);
                if (!known[l].TryGetValue(pattern, out double[]? attributions))
                {
                    known[l][pattern] = attributions = leaf.Attributions(pattern);
                }

                for (int i = 0; i < attributions.Length; i++)
                {
                    values[start + leaf.Features[i]] += attributions[i];
                }
            }
        }
    }

    private BackgroundLeaf[] Leaves(PathTree tree, ReadOnlySpan<double> rows)
    {
        LeafPath[] paths = LeafPath.Of(tree);
        SortedDictionary<ulong, int>[] patterns = [.. paths.Select(_ => new SortedDictionary<ulong, int>())];
        bool[] passed = new bool[tree.Slots];
        for (int start = 0; start < rows.Length; start += _ensemble.FeatureCount)
        {
            tree.Decide(rows.Slice(start, _ensemble.FeatureCount), passed);
            for (int l = 0; l < paths.Length; l++)
            {
                ulong pattern = paths[l].Pattern(passed);
                patterns[l][pattern] = patterns[l].GetValueOrDefault(pattern) + 1;
            }
        }

        return [.. paths.Select((path, l) => new BackgroundLeaf(path, patterns[l]))];
    }
}
