using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MlSystemDesign.Training;

/// <summary>Standard errors of logistic coefficients that hold although the rows of one entity are not independent.</summary>
/// <remarks>
/// The sandwich A⁻¹·M·A⁻¹ · G/(G − 1): A is the second derivative of the penalised loss, M the sum over the G entities of the outer product of
/// each entity's gradient. With one row per entity it is White's estimator. O(n·p + G·p² + p³).
/// Source: Liang and Zeger, "Longitudinal data analysis using generalized linear models", Biometrika 73, 1986.
/// </remarks>
internal static class ClusteredErrors
{
    /// <returns>One per coefficient, the intercept first; none when there is one entity only.</returns>
    internal static double[] Of(TrainingSet rows, LogisticLoss loss, double[] beta, double penalty)
    {
        double[][] scores = ScoresByEntity(rows, loss, beta);
        if (scores.Length < 2)
        {
            return [];
        }

        double[,] hessian = new double[beta.Length, beta.Length];
        loss.Derivatives(beta, new double[beta.Length], hessian);
        Matrix<double> bread = NewtonSolver.Factorize(hessian, penalty).Solve(DenseMatrix.CreateIdentity(beta.Length));
        double[,] meat = new double[beta.Length, beta.Length];
        foreach (double[] score in scores)
        {
            for (int i = 0; i < score.Length; i++)
            {
                for (int j = 0; j < score.Length; j++)
                {
                    meat[i, j] += score[i] * score[j];
                }
            }
        }

        Matrix<double> covariance = bread * DenseMatrix.OfArray(meat) * bread * ((double)scores.Length / (scores.Length - 1));
        return [.. Enumerable.Range(0, beta.Length).Select(j => Math.Sqrt(Math.Max(0, covariance[j, j])))];
    }

    // In the order in which the entities come first.
    private static double[][] ScoresByEntity(TrainingSet rows, LogisticLoss loss, double[] beta)
    {
        ReadOnlySpan<EntityKey> entities = rows.Features.Observations.Entities;
        Dictionary<EntityKey, double[]> sums = [];
        List<double[]> order = [];
        double[] score = new double[beta.Length];
        for (int i = 0; i < entities.Length; i++)
        {
            if (!sums.TryGetValue(entities[i], out double[]? sum))
            {
                sum = new double[beta.Length];
                sums.Add(entities[i], sum);
                order.Add(sum);
            }

            loss.Score(i, beta, score);
            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] += score[j];
            }
        }

        return [.. order];
    }
}
