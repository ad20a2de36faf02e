using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MlSystemDesign.Training;

/// <summary>Newton's method (iteratively reweighted least squares) for logistic regression with an L2 penalty on all but the intercept.</summary>
/// <remarks>
/// Minimises Σ wᵢ·(ln(1 + exp(mᵢ)) − yᵢ·mᵢ) + ½·λ·Σ βⱼ², with mᵢ = β₀ + Σ βⱼ·xᵢⱼ. A step is halved until the loss does not rise. The penalty keeps
/// coefficients finite when the classes can be separated. Sums run over the rows in their order, on one thread. O(n·p²) per step.
/// Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed., 4.4.1.
/// </remarks>
internal sealed class NewtonSolver : ILinearSolver
{
    private const int MaxIterations = 50;
    private const int MaxHalvings = 40;

    // Newton converges quadratically: after a step that would gain this little (per row), the next would gain nothing that a double can hold.
    private const double Tolerance = 1e-12;

    public LinearFit[] Fit(TrainingSet rows, double[] weights, IReadOnlyList<double> penalties, CancellationToken cancellationToken)
    {
        DesignMatrix x = DesignMatrix.Of(rows.Features);
        double[] y = rows.Targets.ToArray(), beta = new double[x.Columns + 1];
        beta[0] = BaseLogOdds(y, weights);
        LinearFit[] fits = new LinearFit[penalties.Count];
        for (int i = 0; i < fits.Length; i++)
        {
            // The solution of the larger penalty is a good start for the next.
            fits[i] = Minimize(x, y, weights, penalties[i], beta, cancellationToken);
            beta = [fits[i].Intercept, .. fits[i].Coefficients];
        }

        return fits;
    }

    private static double BaseLogOdds(double[] y, double[] weights)
    {
        double positive = 0, total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            positive += weights[i] * y[i];
            total += weights[i];
        }

        return Math.Log(positive / (total - positive));
    }

    private static LinearFit Minimize(DesignMatrix x, double[] y, double[] weights, double penalty, double[] start, CancellationToken cancellationToken)
    {
        double[] beta = [.. start], gradient = new double[beta.Length];
        double[,] hessian = new double[beta.Length, beta.Length];
        double loss = Loss(x, y, weights, penalty, beta);
        for (int iteration = 1; iteration <= MaxIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Derivatives(x, y, weights, penalty, beta, gradient, hessian);
            double[] step = Solve(hessian, gradient);
            double decrement = 0;
            for (int j = 0; j < step.Length; j++)
            {
                decrement += gradient[j] * step[j];
            }

            (double[] next, double nextLoss) = Descend(x, y, weights, penalty, beta, step, loss);
            bool done = decrement <= Tolerance * x.Rows || nextLoss >= loss;
            if (nextLoss <= loss)
            {
                (beta, loss) = (next, nextLoss);
            }

            if (done)
            {
                return new LinearFit(beta[0], beta[1..], iteration, true);
            }
        }

        return new LinearFit(beta[0], beta[1..], MaxIterations, false);
    }

    private static (double[] Beta, double Loss) Descend(
        DesignMatrix x, double[] y, double[] weights, double penalty, double[] beta, double[] step, double loss)
    {
        double share = 1, nextLoss = double.NaN;
        double[] next = new double[beta.Length];
        for (int halving = 0; halving < MaxHalvings && !(nextLoss <= loss); halving++, share /= 2)
        {
            for (int j = 0; j < beta.Length; j++)
            {
                next[j] = beta[j] - (share * step[j]);
            }

            nextLoss = Loss(x, y, weights, penalty, next);
        }

        return double.IsFinite(nextLoss) ? (next, nextLoss) : (beta, loss);
    }

    private static double Margin(ReadOnlySpan<double> row, double[] beta)
    {
        double margin = beta[0];
        for (int j = 0; j < row.Length; j++)
        {
            margin += beta[j + 1] * row[j];
        }

        return margin;
    }

    private static double Loss(DesignMatrix x, double[] y, double[] weights, double penalty, double[] beta)
    {
        double loss = 0, squares = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            double margin = Margin(x.Row(i), beta);
            loss += weights[i] * (Logistic.SoftPlus(margin) - (y[i] * margin));
        }

        for (int j = 1; j < beta.Length; j++)
        {
            squares += beta[j] * beta[j];
        }

        return loss + (penalty / 2 * squares);
    }

    // The upper triangle row by row of the matrix; every element is summed over the rows in their order, whatever the width of a vector.
    private static void Derivatives(
        DesignMatrix x, double[] y, double[] weights, double penalty, double[] beta, double[] gradient, double[,] hessian)
    {
        int size = beta.Length;
        Array.Clear(gradient);
        Array.Clear(hessian);
        Span<double> elements = MemoryMarshal.CreateSpan(ref hessian[0, 0], size * size);
        double[] row = new double[size];
        row[0] = 1;
        for (int i = 0; i < x.Rows; i++)
        {
            x.Row(i).CopyTo(row.AsSpan(1));
            double p = Logistic.Probability(Margin(row.AsSpan(1), beta));
            double residual = weights[i] * (p - y[i]), curvature = weights[i] * p * (1 - p);
            for (int j = 0; j < size; j++)
            {
                // Half of the columns are zeros and ones: a zero adds nothing.
                if (row[j] != 0)
                {
                    gradient[j] += residual * row[j];
                    AddScaled(elements.Slice(j * size, size)[j..], curvature * row[j], row.AsSpan(j));
                }
            }
        }

        for (int j = 1; j < size; j++)
        {
            gradient[j] += penalty * beta[j];
            hessian[j, j] += penalty;
        }
    }

    private static void AddScaled(Span<double> sums, double factor, ReadOnlySpan<double> values)
    {
        Vector<double> factors = new(factor);
        int i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(sums[i..]) + (factors * new Vector<double>(values[i..]))).CopyTo(sums[i..]);
        }

        for (; i < values.Length; i++)
        {
            sums[i] += factor * values[i];
        }
    }

    private static double[] Solve(double[,] upper, double[] gradient)
    {
        int size = gradient.Length;
        DenseMatrix hessian = DenseMatrix.Create(size, size, (i, j) => upper[Math.Min(i, j), Math.Max(i, j)]);

        // Where every probability is 0 or 1 in a double, the intercept has no curvature left.
        hessian[0, 0] += 1e-10;
        try
        {
            return hessian.Cholesky().Solve(DenseVector.OfArray(gradient)).ToArray();
        }
        catch (ArgumentException e)
        {
            throw new TrainingException(
                "The columns of a linear model must be of comparable size. Got columns for which its equations cannot be solved. Standardise them in the transform, as StandardTransform does, or use a larger penalty.", e);
        }
    }
}
