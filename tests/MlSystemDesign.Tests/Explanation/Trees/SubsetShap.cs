using System.Numerics;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Explanation.Trees;

/// <summary>Shapley values by their definition: a game of 2^M known subsets, and a sum over all of them.</summary>
internal static class SubsetShap
{
    /// <summary>The mean score under the covers when the features of each subset are known (Lundberg et al. 2020, algorithm 1).</summary>
    public static double[] CoverGame(TreeEnsemble ensemble, double[] row) =>
        Game(ensemble.FeatureCount, known => ensemble.Sigmoid * ensemble.Trees.Sum(tree => Expected(tree, row, known, tree.Feature.Length == 0 ? ~0 : 0)));

    /// <summary>The mean score over the background when the features of each subset come from the row.</summary>
    public static double[] BackgroundGame(TreeEnsemble ensemble, double[] row, double[][] background) =>
        Game(ensemble.FeatureCount, known => ensemble.Sigmoid * background.Average(other => ensemble.Margin(
            [.. row.Select((value, f) => (known >> f & 1) != 0 ? value : other[f])])));

    public static double[] Values(double[] game)
    {
        int features = BitOperations.Log2((uint)game.Length);
        double[] values = new double[features];
        for (int f = 0; f < features; f++)
        {
            for (int known = 0; known < game.Length; known++)
            {
                int size = BitOperations.PopCount((uint)known);
                values[f] += (known >> f & 1) != 0 ? 0 : Weight(size, features - size - 1) * (game[known | 1 << f] - game[known]);
            }
        }

        return values;
    }

    /// <summary>SHAP interaction values (Lundberg et al. 2020): half of each pair's interaction off the diagonal, the rest of the value on it.</summary>
    public static double[,] Interactions(double[] game)
    {
        int features = BitOperations.Log2((uint)game.Length);
        double[] values = Values(game);
        double[,] interactions = new double[features, features];
        for (int i = 0; i < features; i++)
        {
            interactions[i, i] = values[i];
            for (int j = 0; j < features; j++)
            {
                if (i != j)
                {
                    interactions[i, j] = PairInteraction(game, features, i, j) / 2;
                    interactions[i, i] -= interactions[i, j];
                }
            }
        }

        return interactions;
    }

    private static double PairInteraction(double[] game, int features, int i, int j)
    {
        double sum = 0;
        int both = 1 << i | 1 << j;
        for (int known = 0; known < game.Length; known++)
        {
            int size = BitOperations.PopCount((uint)known);
            sum += (known & both) != 0
                ? 0
                : Weight(size, features - size - 2) * (game[known | both] - game[known | 1 << i] - game[known | 1 << j] + game[known]);
        }

        return sum;
    }

    private static double[] Game(int features, Func<int, double> value) => [.. Enumerable.Range(0, 1 << features).Select(value)];

    // a! b! / (a + b + 1)!
    private static double Weight(int a, int b) => Factorial(a) * Factorial(b) / Factorial(a + b + 1);

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    private static double Expected(Tree tree, double[] row, int known, int node)
    {
        if (node < 0)
        {
            return tree.LeafValue[~node];
        }

        if ((known >> tree.Feature[node] & 1) != 0)
        {
            bool right = SplitDecision.GoesRight(tree.Kind[node], tree.Threshold[node], tree.Categories[node], row[tree.Feature[node]]);
            return Expected(tree, row, known, right ? tree.Right[node] : tree.Left[node]);
        }

        return new[] { tree.Left[node], tree.Right[node] }
            .Sum(child => (child < 0 ? tree.LeafCover[~child] : tree.NodeCover[child]) / tree.NodeCover[node] * Expected(tree, row, known, child));
    }
}
