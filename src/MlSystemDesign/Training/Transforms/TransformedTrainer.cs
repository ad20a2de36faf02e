namespace MlSystemDesign.Training;

/// <summary>Puts a transform in front of any trainer: the model takes the untransformed features.</summary>
/// <remarks>
/// The transform and the whole inner training are done once more for each fold, without its rows: out-of-fold predictions owe nothing to the rows predicted, whatever the
/// transform fits. Costs folds + 1 trainings. <see cref="LogisticTrainer"/> takes a transform itself, fits it in each of its own folds, and is cheaper.
/// </remarks>
public sealed class TransformedTrainer : IModelTrainer
{
    private readonly IFeatureTransform _transform;
    private readonly IModelTrainer _inner;

    /// <summary>Creates a trainer.</summary>
    /// <param name="transform">Fitted to training rows only.</param>
    /// <param name="inner">Trained on what the transform gives.</param>
    public TransformedTrainer(IFeatureTransform transform, IModelTrainer inner)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(inner);
        _transform = transform;
        _inner = inner;
    }

    /// <inheritdoc/>
    public string Name => $"{_inner.Name} on transformed features";

    /// <inheritdoc/>
    public int Complexity => _inner.Complexity + 1;

    /// <inheritdoc/>
    public TrainerAvailability Availability => _inner.Availability;

    /// <inheritdoc/>
    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        return CheckAndTrainAsync(training, context, cancellationToken);
    }

    private async ValueTask<TrainingResult> CheckAndTrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TrainingRows.RequireLearnable(training);

        // What the transform refuses of all rows, such as too many levels, is then said before any fold is trained: a fold may keep fewer.
        _transform.Fit(training);
        return await NestedFolds.TrainAsync(training, context, TrainTransformedAsync, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<TrainingResult> TrainTransformedAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken)
    {
        (IFittedTransform fitted, FeatureTable rows) = _transform.FitTransform(training);
        TrainingSet transformed = new(rows, training.Targets, training.TargetKind, training.Weights, training.Values, training.Costs);
        TrainingResult result = await _inner.TrainAsync(transformed, context, cancellationToken).ConfigureAwait(false);
        TransformedPredictor predictor = new(fitted, result.Model.Predictor);
        return result with { Model = new TrainedModel(Name, training.TargetKind, training.Features.Schema, predictor, result.Model.Calibrator, result.Model.Facts) };
    }
}
