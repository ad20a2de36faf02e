using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Explanation.Trees;

/// <summary>The recursion of Lundberg et al. (2020, algorithm 2), as LightGBM has it: the proportions of subsets grow and shrink along the path.</summary>
internal static class ClassicTreeShap
{
    /// <summary>The attributions of one row, in units of the raw score.</summary>
    public static double[] Explain(TreeEnsemble ensemble, ReadOnlySpan<double> row)
    {
        double[] phi = new double[ensemble.FeatureCount];
        foreach (Tree tree in ensemble.Trees.Where(t => t.Feature.Length > 0))
        {
            Recurse(tree, row.ToArray(), phi, 0, [], 1, 1, -1);
        }

        return [.. phi.Select(p => p * ensemble.Sigmoid)];
    }

    private static void Recurse(Tree tree, double[] row, double[] phi, int node, List<Element> path, double zero, double one, int feature)
    {
        List<Element> unique = Extend(path, zero, one, feature);
        if (node < 0)
        {
            for (int i = 1; i < unique.Count; i++)
            {
                double weight = Unwind(unique, i).Sum(e => e.Weight);
                phi[unique[i].Feature] += weight * (unique[i].One - unique[i].Zero) * tree.LeafValue[~node];
            }

            return;
        }

        bool right = SplitDecision.GoesRight(tree.Kind[node], tree.Threshold[node], tree.Categories[node], row[tree.Feature[node]]);
        (int hot, int cold) = right ? (tree.Right[node], tree.Left[node]) : (tree.Left[node], tree.Right[node]);
        (double beforeZero, double beforeOne) = (1, 1);
        int earlier = unique.FindIndex(e => e.Feature == tree.Feature[node]);
        if (earlier >= 0)
        {
            (beforeZero, beforeOne) = (unique[earlier].Zero, unique[earlier].One);
            unique = Unwind(unique, earlier);
        }

        Recurse(tree, row, phi, hot, unique, beforeZero * Cover(tree, hot) / tree.NodeCover[node], beforeOne, tree.Feature[node]);
        Recurse(tree, row, phi, cold, unique, beforeZero * Cover(tree, cold) / tree.NodeCover[node], 0, tree.Feature[node]);
    }

    private static double Cover(Tree tree, int child) => child < 0 ? tree.LeafCover[~child] : tree.NodeCover[child];

    private static List<Element> Extend(List<Element> path, double zero, double one, int feature)
    {
        List<Element> longer = [.. path, new Element(feature, zero, one, path.Count == 0 ? 1 : 0)];
        int last = path.Count;
        for (int i = last - 1; i >= 0; i--)
        {
            longer[i + 1] = longer[i + 1] with { Weight = longer[i + 1].Weight + (one * longer[i].Weight * (i + 1) / (last + 1)) };
            longer[i] = longer[i] with { Weight = zero * longer[i].Weight * (last - i) / (last + 1) };
        }

        return longer;
    }

    private static List<Element> Unwind(List<Element> path, int at)
    {
        int last = path.Count - 1;
        (double one, double zero) = (path[at].One, path[at].Zero);
        double[] weights = [.. path.Select(e => e.Weight)];
        double next = weights[last];
        for (int i = last - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                double weight = weights[i];
                weights[i] = next * (last + 1) / ((i + 1) * one);
                next = weight - (weights[i] * zero * (last - i) / (last + 1));
            }
            else
            {
                weights[i] = weights[i] * (last + 1) / (zero * (last - i));
            }
        }

        List<Element> shorter = [];
        for (int i = 0; i < last; i++)
        {
            shorter.Add(path[i < at ? i : i + 1] with { Weight = weights[i] });
        }

        return shorter;
    }

    private readonly record struct Element(int Feature, double Zero, double One, double Weight);
}
