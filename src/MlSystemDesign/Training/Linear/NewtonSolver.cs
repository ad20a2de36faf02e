using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace MlSystemDesign.Training;

/// <summary>Newton's method (iteratively reweighted least squares) for logistic regression with an L2 penalty on all but the intercept.</summary>
/// <remarks>
/// Minimises <see cref="LogisticLoss"/> + ½·λ·Σ βⱼ². A step is halved until the loss does not rise. The penalty keeps
/// coefficients finite when the classes can be separated. O(n·p²) per step.
/// Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed., 4.4.1.
/// </remarks>
internal sealed class NewtonSolver : ILinearSolver
{
    private const int MaxIterations = 50;

    // Newton converges quadratically: after a step that would gain this little (per row), the next would gain nothing that a double can hold.
    private const double Tolerance = 1e-12;

    public LinearFit[] Fit(TrainingSet rows, double[] weights, IReadOnlyList<double> penalties, CancellationToken cancellationToken)
    {
        LogisticLoss loss = new(DesignMatrix.Of(rows.Features), rows.Targets.ToArray(), weights);
        double[] beta = new double[loss.Coefficients];
        beta[0] = loss.BaseLogOdds();
        LinearFit[] fits = new LinearFit[penalties.Count];
        for (int i = 0; i < fits.Length; i++)
        {
            // The solution of the larger penalty is a good start for the next.
            fits[i] = Minimize(loss, penalties[i], beta, cancellationToken);
            beta = [fits[i].Intercept, .. fits[i].Coefficients];
        }

        return fits;
    }

    public double[] StandardErrors(TrainingSet rows, double[] weights, LinearFit fit, double penalty) =>
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

    private static LinearFit Minimize(LogisticLoss loss, double penalty, double[] start, CancellationToken cancellationToken)
    {
        double[] beta = [.. start], gradient = new double[beta.Length];
        double[,] hessian = new double[beta.Length, beta.Length];
        double value = Value(beta);
        for (int iteration = 1; iteration <= MaxIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loss.Derivatives(beta, gradient, hessian);
            double[] step = Step(gradient, hessian, beta, penalty);
            double decrement = 0;
            for (int j = 0; j < step.Length; j++)
            {
                decrement += gradient[j] * step[j];
            }

            (double[] next, double nextValue) = LineSearch.Descend(beta, step, value, Value);
            bool done = decrement <= Tolerance * loss.Rows || nextValue >= value;
            if (nextValue <= value)
            {
                (beta, value) = (next, nextValue);
            }

            if (done)
            {
                return new LinearFit(beta[0], beta[1..], iteration, true);
            }
        }

        return new LinearFit(beta[0], beta[1..], MaxIterations, false);

        double Value(double[] at)
        {
            double squares = 0;
            for (int j = 1; j < at.Length; j++)
            {
                squares += at[j] * at[j];
            }

            return loss.Value(at) + (penalty / 2 * squares);
        }
    }

    // The step to be taken off; the penalty's share is added to the gradient.
    private static double[] Step(double[] gradient, double[,] hessian, double[] beta, double penalty)
    {
        for (int j = 1; j < gradient.Length; j++)
        {
            gradient[j] += penalty * beta[j];
        }

        return Factorize(hessian, penalty).Solve(DenseVector.OfArray(gradient)).ToArray();
    }
}
