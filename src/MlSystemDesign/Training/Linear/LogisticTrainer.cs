namespace MlSystemDesign.Training;

/// <summary>Trains logistic regression with an L2 penalty by Newton's method, or with an L1 share in it by coordinate descent: the simplest model worth having.</summary>
/// <remarks>
/// The transform is fitted inside each fold, so that out-of-fold predictions owe nothing to their own rows, and once more to all rows for the
/// model. Without a feature that varies the model is its intercept, and predicts the base rate; a remark says so.
/// Every built-in number is the same on any number of threads.
/// </remarks>
public sealed class LogisticTrainer : IModelTrainer
{
    private readonly LinearTraining _training;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">Its settings; the defaults when absent.</param>
    /// <param name="transform">From the features to finite numbers on one scale; <see cref="StandardTransform"/> when absent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public LogisticTrainer(LogisticOptions? options = null, IFeatureTransform? transform = null)
    {
        LogisticOptions settings = options ?? new();
        settings.Validate();
        _training = new LinearTraining(
            Name, settings.L1Share == 0 ? new NewtonSolver() : new ElasticNetSolver(settings.L1Share), transform ?? new StandardTransform(), settings.Penalties, settings.Calibration);
    }

    /// <inheritdoc/>
    public string Name => "logistic regression";

    /// <inheritdoc/>
    public int Complexity => 10;

    /// <inheritdoc/>
    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        return new(Task.Run(() => _training.Train(training, context, cancellationToken), cancellationToken));
    }
}
