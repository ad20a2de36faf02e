using MlSystemDesign.Testing.Checks;
using MlSystemDesign.Testing.Training;
using MlSystemDesign.Training;

namespace MlSystemDesign.Testing;

/// <summary>Checks a trainer against what <see cref="IModelTrainer"/> promises.</summary>
public static class TrainerConformance
{
    /// <summary>Runs all checks.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="training">Rows that it can learn from; <see langword="null"/> for 240 simulated ones with columns recency, amount and channel.</param>
    /// <param name="context">Objective, folds and seed; log loss and the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was checked; a check that could not tell says why, and is no proof.</returns>
    /// <remarks>Cost: some fifteen trainings.</remarks>
    /// <exception cref="ConformanceException">A promise is broken; all findings are listed.</exception>
    public static async Task<ConformanceReport> CheckAsync(
        IModelTrainer trainer, TrainingSet? training = null, TrainingContext? context = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        context ??= new TrainingContext { Objective = new LogLossObjective() };
        ConformanceRun run = new($"IModelTrainer '{trainer.Name}'", context.Seed, cancellationToken);
        await new TrainerChecks(run, trainer, training ?? SampleRows.Training(context.Seed), context, cancellationToken).RunAsync().ConfigureAwait(false);
        return run.Finish();
    }
}
