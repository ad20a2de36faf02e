namespace MlSystemDesign.Training.MlNet;

/// <summary>Trains logistic regression with ML.NET's L-BFGS, and takes weights and bias out: the model is a <see cref="LinearPredictor"/> and scores without Microsoft.ML.</summary>
/// <remarks>
/// Works as <see cref="LogisticTrainer"/> does, in single precision, with an L1 penalty if wanted. ML.NET never sees a missing value, trains on one thread, and gets every
/// setting explicitly: its own defaults penalise with L1 = L2 = 1, drop incomplete rows, and give other weights on other thread counts. Cancellation is looked for between
/// the fits of the folds and while ML.NET reads the rows, once per fit: the steps of its L-BFGS look at nothing, so that a fit that has begun them ends first.
/// </remarks>
public sealed class MlNetTrainer : IModelTrainer
{
    private readonly LinearTraining _training;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">Its settings; the defaults when absent.</param>
    /// <param name="transform">From the features to finite numbers on one scale; <see cref="StandardTransform"/> when absent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public MlNetTrainer(MlNetOptions? options = null, IFeatureTransform? transform = null)
    {
        MlNetOptions settings = options ?? new();
        settings.Validate();
        _training = new LinearTraining(Name, new MlNetSolver(settings), transform ?? new StandardTransform(), [settings.L2], settings.Calibration);
    }

    /// <inheritdoc/>
    public string Name => "ML.NET logistic regression";

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
