namespace MlSystemDesign;

/// <summary>Whether a trainer can work on this machine.</summary>
/// <param name="IsAvailable">Whether it can.</param>
/// <param name="Reason">When it cannot: why, and what to do. Otherwise empty.</param>
public sealed record TrainerAvailability(bool IsAvailable, string Reason = "");

/// <summary>Trains a model. Step 4.</summary>
/// <remarks>Safe for concurrent use; never mutates its arguments. Equal rows, context and seed give an equal model on one thread or many.</remarks>
public interface IModelTrainer
{
    /// <summary>Gets the name, such as "logistic regression".</summary>
    string Name { get; }

    /// <summary>Gets the rank by complexity, for choosing the simplest: lower is simpler. Linear models have 10, boosted trees 30.</summary>
    int Complexity => 20;

    /// <summary>Gets whether it can work on this machine; asked before it is used. Never throws.</summary>
    TrainerAvailability Availability => new(true);

    /// <summary>Trains a model.</summary>
    /// <param name="training">The rows that may be fitted to.</param>
    /// <param name="context">Objective, seed, folds, threads, progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="TrainingException">The rows cannot be learnt from (one class only), or the trainer is not available here.</exception>
    ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default);
}
