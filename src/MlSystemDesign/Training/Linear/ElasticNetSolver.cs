namespace MlSystemDesign.Training;

/// <summary>Logistic regression with an L1 share in its penalty: coefficients that earn nothing are exactly 0.</summary>
/// <remarks>
/// Minimises <see cref="LogisticLoss"/> + λ·(α·Σ |βⱼ| + ½·(1 − α)·Σ βⱼ²), the intercept without penalty, by Newton steps whose quadratic model is minimised by
/// cyclic coordinate descent. Sources: Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models via coordinate descent",
/// J. Stat. Softw. 33(1), 2010; Yuan, Ho and Lin, "An improved GLMNET for L1-regularized logistic regression", JMLR 13, 2012.
/// </remarks>
internal sealed class ElasticNetSolver(double l1Share) : ILinearSolver
{
    private const int MaxIterations = 100;
    private const int MaxSweeps = 10_000;
    private const double Tolerance = 1e-12;

    public LinearFit[] Fit(TrainingSet rows, double[] weights, IReadOnlyList<double> penalties, CancellationToken cancellationToken)
    {
        LogisticLoss loss = new(DesignMatrix.Of(rows.Features), rows.Targets.ToArray(), weights);
        double[] beta = new double[loss.Coefficients];
        beta[0] = loss.BaseLogOdds();
        LinearFit[] fits = new LinearFit[penalties.Count];
        for (int i = 0; i < fits.Length; i++)
        {
            fits[i] = Minimize(loss, penalties[i], beta, cancellationToken);
            beta = [fits[i].Intercept, .. fits[i].Coefficients];
        }

        return fits;
    }

    // Errors that ignore how the columns were selected would be too small.
    public double[] StandardErrors(TrainingSet rows, double[] weights, LinearFit fit, double penalty) => [];

    private LinearFit Minimize(LogisticLoss loss, double penalty, double[] start, CancellationToken cancellationToken)
    {
        double[] beta = [.. start], gradient = new double[beta.Length];
        double[,] hessian = new double[beta.Length, beta.Length];
        double value = Value(beta);
        for (int iteration = 1; iteration <= MaxIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loss.Derivatives(beta, gradient, hessian);
            double[] step = Step(gradient, hessian, beta, penalty);
            (double[] next, double nextValue) = LineSearch.Descend(beta, step, value, Value);
            bool done = value - nextValue <= Tolerance * loss.Rows;
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
            double absolute = 0, squares = 0;
            for (int j = 1; j < at.Length; j++)
            {
                absolute += Math.Abs(at[j]);
                squares += at[j] * at[j];
            }

            return loss.Value(at) + (penalty * ((l1Share * absolute) + ((1 - l1Share) / 2 * squares)));
        }
    }

    // What to take off beta to reach the minimum of the quadratic model plus penalty; slope is the model's gradient where the sweep stands.
    private double[] Step(double[] gradient, double[,] upper, double[] beta, double penalty)
    {
        double[] at = [.. beta], slope = [.. gradient];
        double lasso = penalty * l1Share, ridge = penalty * (1 - l1Share);
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            double moved = 0;
            for (int j = 0; j < at.Length; j++)
            {
                double curvature = upper[j, j], target = (curvature * at[j]) - slope[j];
                double next = j == 0 ? target / (curvature + 1e-10) : Shrink(target, lasso) / (curvature + ridge + 1e-10);
                double change = next - at[j];
                if (change == 0)
                {
                    continue;
                }

                at[j] = next;
                moved = Math.Max(moved, (curvature + ridge) * change * change);
                for (int k = 0; k < slope.Length; k++)
                {
                    slope[k] += change * upper[Math.Min(j, k), Math.Max(j, k)];
                }
            }

            if (moved <= 1e-22)
            {
                break;
            }
        }

        double[] step = new double[at.Length];
        for (int j = 0; j < step.Length; j++)
        {
            step[j] = beta[j] - at[j];
        }

        return step;
    }

    private static double Shrink(double value, double by) => value > by ? value - by : value < -by ? value + by : 0;
}
