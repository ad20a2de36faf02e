namespace MlSystemDesign.Training;

/// <summary>Penalised logistic fits by Newton's method (iteratively reweighted least squares), from the largest penalty to the smallest, each from the solution of the one before.</summary>
/// <remarks>
/// Minimises <see cref="LogisticLoss"/> + the penalty, which the intercept does not bear. A step is halved until that does not rise. O(n·p²) per step.
/// Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed., 4.4.1.
/// </remarks>
internal abstract class NewtonDescent : ILinearSolver
{
    private const int MaxIterations = 100;

    // Newton converges quadratically: after a step that gains this little (per row), the next would gain nothing that a double can hold.
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

    public abstract double[] StandardErrors(TrainingSet rows, double[] weights, LinearFit fit, double penalty);

    /// <summary>The penalty of coefficients, the intercept first.</summary>
    private protected abstract double PenaltyOf(double[] beta, double penalty);

    /// <summary>What to take off the coefficients to reach the minimum of the loss's quadratic model plus the penalty.</summary>
    /// <param name="gradient">First derivatives of the loss alone.</param>
    /// <param name="upper">Second derivatives of the loss alone, upper triangle; may be changed.</param>
    /// <param name="beta">The coefficients now.</param>
    /// <param name="penalty">λ.</param>
    /// <returns>The step, and the decrease by which Newton tells that it has arrived (gradient × step); NaN where only the loss can tell.</returns>
    private protected abstract (double[] Step, double Promise) StepFrom(double[] gradient, double[,] upper, double[] beta, double penalty);

    private LinearFit Minimize(LogisticLoss loss, double penalty, double[] start, CancellationToken cancellationToken)
    {
        double[] beta = [.. start], gradient = new double[beta.Length];
        double[,] hessian = new double[beta.Length, beta.Length];
        double value = Value(beta);
        for (int iteration = 1; iteration <= MaxIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loss.Derivatives(beta, gradient, hessian);
            (double[] step, double promise) = StepFrom(gradient, hessian, beta, penalty);
            (double[] next, double nextValue) = LineSearch.Descend(beta, step, value, Value);
            double gain = double.IsNaN(promise) ? value - nextValue : promise;
            bool done = gain <= Tolerance * loss.Rows || nextValue >= value;
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

        double Value(double[] at) => loss.Value(at) + PenaltyOf(at, penalty);
    }
}
