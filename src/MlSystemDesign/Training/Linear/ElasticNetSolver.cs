namespace MlSystemDesign.Training;

/// <summary>Logistic regression with an L1 share in its penalty, λ·(α·Σ |βⱼ| + ½·(1 − α)·Σ βⱼ²): coefficients that earn nothing are exactly 0.</summary>
/// <remarks>
/// The quadratic model of each Newton step is minimised by cyclic coordinate descent. Sources: Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models via coordinate
/// descent", J. Stat. Softw. 33(1), 2010; Yuan, Ho and Lin, "An improved GLMNET for L1-regularized logistic regression", JMLR 13, 2012.
/// </remarks>
internal sealed class ElasticNetSolver(double l1Share) : NewtonDescent
{
    private const int MaxSweeps = 10_000;

    // Errors that ignore how the columns were selected would be too small.
    public override double[] StandardErrors(TrainingSet rows, double[] weights, LinearFit fit, double penalty) => [];

    private protected override double PenaltyOf(double[] beta, double penalty)
    {
        double absolute = 0, squares = 0;
        for (int j = 1; j < beta.Length; j++)
        {
            absolute += Math.Abs(beta[j]);
            squares += beta[j] * beta[j];
        }

        return penalty * ((l1Share * absolute) + ((1 - l1Share) / 2 * squares));
    }

    // Cyclic coordinate descent; slope is the quadratic model's gradient where the sweep stands.
    private protected override (double[] Step, double Promise) StepFrom(double[] gradient, double[,] upper, double[] beta, double penalty)
    {
        double[] at = [.. beta], slope = [.. gradient];
        bool[] repeats = Repeats(gradient, upper);
        double lasso = penalty * l1Share, ridge = penalty * (1 - l1Share);
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            double moved = 0;
            for (int j = 0; j < at.Length; j++)
            {
                if (repeats[j])
                {
                    continue;
                }

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

        return (step, double.NaN);
    }

    // Of columns that are equal up to their sign a lasso needs the first only; the others stay at the 0 where they began.
    private bool[] Repeats(double[] gradient, double[,] upper)
    {
        bool[] repeats = new bool[gradient.Length];
        for (int k = 2; l1Share == 1 && k < repeats.Length; k++)
        {
            for (int j = 1; j < k && !repeats[k]; j++)
            {
                repeats[k] = upper[j, j] == upper[k, k] && Math.Abs(upper[j, k]) == upper[j, j] && Math.Abs(gradient[j]) == Math.Abs(gradient[k]);
            }
        }

        return repeats;
    }

    private static double Shrink(double value, double by) => value > by ? value - by : value < -by ? value + by : 0;
}
