namespace MlSystemDesign.Training;

/// <summary>A fitted linear model on the log-odds scale.</summary>
/// <param name="Intercept">The log-odds where every column is 0.</param>
/// <param name="Coefficients">Log-odds per unit of each column.</param>
/// <param name="Iterations">How many steps it took.</param>
/// <param name="Converged">Whether the solver reached its tolerance.</param>
internal sealed record LinearFit(double Intercept, double[] Coefficients, int Iterations, bool Converged);

/// <summary>Fits a penalised logistic regression to one matrix.</summary>
internal interface ILinearSolver
{
    /// <summary>Fits the transformed rows.</summary>
    /// <param name="rows">n rows of number columns, with targets.</param>
    /// <param name="weights">n weights of mean 1.</param>
    /// <param name="penalties">Penalties, descending.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One fit per penalty.</returns>
    LinearFit[] Fit(TrainingSet rows, double[] weights, IReadOnlyList<double> penalties, CancellationToken cancellationToken);

    /// <summary>Estimates how far each coefficient may be off.</summary>
    /// <param name="rows">The rows of the fit.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="penalty">Its penalty.</param>
    /// <returns>One standard error per coefficient, the intercept first; empty when there is no sound one.</returns>
    double[] StandardErrors(TrainingSet rows, double[] weights, LinearFit fit, double penalty);
}
