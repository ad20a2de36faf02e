namespace MlSystemDesign.Explanation.Trees;

/// <summary>The Gauss-Legendre rule on [0, 1]: n nodes integrate polynomials of a degree up to 2n − 1 exactly.</summary>
internal static class GaussLegendre
{
    private const int MaxSteps = 20;

    /// <summary>Nodes, descending, and their weights, which sum to 1; to the last digit or two.</summary>
    internal static (double[] Nodes, double[] Weights) Rule(int count)
    {
        double[] nodes = new double[count], weights = new double[count];
        for (int i = 0; i < (count + 1) / 2; i++)
        {
            // Newton from Tricomi's estimate of the i-th root of the Legendre polynomial.
            double x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5)), derivative = 0;
            for (int step = 0, settled = 0; step < MaxSteps && settled < 2; step++)
            {
                (double value, derivative) = Polynomial(count, x);
                double move = value / derivative;
                x -= move;
                settled += Math.Abs(move) < 1e-15 ? 1 : 0;
            }

            double weight = 1 / ((1 - x) * (1 + x) * derivative * derivative);
            (nodes[i], nodes[count - 1 - i]) = ((1 + x) / 2, (1 - x) / 2);
            (weights[i], weights[count - 1 - i]) = (weight, weight);
        }

        return (nodes, weights);
    }

    private static (double Value, double Derivative) Polynomial(int degree, double x)
    {
        double before = 1, value = x;
        for (int k = 2; k <= degree; k++)
        {
            (before, value) = (value, (((2 * k) - 1) * x * value - ((k - 1) * before)) / k);
        }

        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
