using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace MlSystemDesign.Training;

/// <summary>Logistic regression with an L2 penalty, ½·λ·Σ βⱼ², which keeps coefficients finite when the classes can be separated.</summary>
internal sealed class NewtonSolver : NewtonDescent
{
    public override double[] StandardErrors(TrainingSet rows, double[] weights, LinearFit fit, double penalty) =>
        ClusteredErrors.Of(rows, new LogisticLoss(DesignMatrix.Of(rows.Features), rows.Targets.ToArray(), weights), [fit.Intercept, .. fit.Coefficients], penalty);

    /// <summary>Factorises the second derivatives of the penalised loss.</summary>
    /// <param name="upper">The second derivatives without penalty, upper triangle; the penalty is added to it.</param>
    /// <param name="penalty">λ.</param>
    /// <exception cref="TrainingException">They are not positive definite in doubles.</exception>
    internal static Cholesky<double> Factorize(double[,] upper, double penalty)
    {
        int size = upper.GetLength(0);
        for (int j = 1; j < size; j++)
        {
            upper[j, j] += penalty;
        }

        DenseMatrix hessian = DenseMatrix.Create(size, size, (i, j) => upper[Math.Min(i, j), Math.Max(i, j)]);

        // Where every probability is 0 or 1 in a double, the intercept has no curvature left.
        hessian[0, 0] += 1e-10;
        try
        {
            return hessian.Cholesky();
        }
        catch (ArgumentException e)
        {
            throw new TrainingException(
                "The columns of a linear model must be of comparable size. Got columns for which its equations cannot be solved. Standardise them in the transform, as StandardTransform does, or use a larger penalty.", e);
        }
    }

    private protected override double PenaltyOf(double[] beta, double penalty)
    {
        double squares = 0;
        for (int j = 1; j < beta.Length; j++)
        {
            squares += beta[j] * beta[j];
        }

        return penalty / 2 * squares;
    }

    private protected override (double[] Step, double Promise) StepFrom(double[] gradient, double[,] upper, double[] beta, double penalty)
    {
        double[] slope = [.. gradient];
        for (int j = 1; j < slope.Length; j++)
        {
            slope[j] += penalty * beta[j];
        }

        double[] step = Factorize(upper, penalty).Solve(DenseVector.OfArray(slope)).ToArray();
        double decrement = 0;
        for (int j = 0; j < step.Length; j++)
        {
            decrement += slope[j] * step[j];
        }

        return (step, decrement);
    }
}
