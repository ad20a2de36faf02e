using MlSystemDesign.Lifecycle;

namespace MlSystemDesign;

/// <summary>One decision system: trains, scores, decides, records what came of it, and watches for drift.</summary>
/// <remarks>Safe for concurrent use. Scoring and deciding use the system that is current when they start; training and loading replace it in one step.
/// Nothing is read past a cutoff but labels, while training.</remarks>
public interface IMlSystem
{
    /// <summary>Gets the name, such as "churn".</summary>
    string Name { get; }

    /// <summary>Gets the trained system in use; <see langword="null"/> before the first training or loading.</summary>
    TrainedSystem? Current { get; }

    /// <summary>Frames the history, builds features, looks for leaks, trains, evaluates, and makes the result current.</summary>
    /// <param name="history">Anything recorded.</param>
    /// <param name="progress">Where progress goes.</param>
    /// <param name="cancellationToken">Stops the work; the current system stays.</param>
    /// <exception cref="PlanException">A declaration does not fit the data; every fault is named.</exception>
    /// <exception cref="LeakageException">A leak is proven and <see cref="MlSystemOptions.RefuseProvenLeakage"/> is set.</exception>
    /// <exception cref="TrainingException">The rows cannot be learnt from.</exception>
    ValueTask<TrainingRun> TrainAsync(IHistory history, IProgress<SystemProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Scores one entity.</summary>
    /// <param name="history">Anything recorded; read as of the cutoff only.</param>
    /// <param name="entity">The entity; one never seen is scored on the values for nothing.</param>
    /// <param name="cutoff">The cutoff; now when absent.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The calibrated probability in [0, 1], or the value.</returns>
    /// <exception cref="InvalidOperationException">Nothing is trained or loaded yet.</exception>
    ValueTask<double> ScoreAsync(IHistory history, EntityKey entity, DateTimeOffset? cutoff = null, CancellationToken cancellationToken = default);

    /// <summary>Decides for the whole cohort, and writes predictions and decisions to the ledger.</summary>
    /// <param name="history">Anything recorded; read as of the cutoff only.</param>
    /// <param name="cutoff">The instant of the decision; now when absent.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidOperationException">Nothing is trained or loaded yet.</exception>
    ValueTask<DecisionRun> DecideAsync(IHistory history, DateTimeOffset? cutoff = null, CancellationToken cancellationToken = default);

    /// <summary>Writes an outcome to the ledger.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="eventTime">When the outcome happened.</param>
    /// <param name="outcome">0 or 1 for a yes/no outcome, otherwise the value; finite.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns><see langword="false"/> when the same outcome was recorded before.</returns>
    ValueTask<bool> RecordOutcomeAsync(EntityKey entity, DateTimeOffset eventTime, double outcome, CancellationToken cancellationToken = default);

    /// <summary>Compares the cohort at a cutoff, and its scores, with the training rows.</summary>
    /// <param name="history">Anything recorded; read as of the cutoff only.</param>
    /// <param name="cutoff">The cutoff; now when absent.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidOperationException">Nothing is trained or loaded yet.</exception>
    ValueTask<DriftReport> CheckDriftAsync(IHistory history, DateTimeOffset? cutoff = null, CancellationToken cancellationToken = default);

    /// <summary>Saves the current system to one file, atomically.</summary>
    /// <param name="path">Where to.</param>
    /// <returns>The content hash.</returns>
    /// <exception cref="InvalidOperationException">Nothing is trained or loaded yet.</exception>
    string Save(string path);

    /// <summary>Loads a system and makes it current.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The content hash.</returns>
    /// <exception cref="ArtifactException">The file is corrupted, truncated or newer, or a kind has no codec; the current system stays.</exception>
    string Load(string path);
}
