namespace MlSystemDesign.Training;

/// <summary>Transforms one after the other, each fitted to what the one before gives.</summary>
public sealed class PipelineTransform : IFeatureTransform
{
    private readonly IFeatureTransform[] _transforms;

    /// <summary>Creates a pipeline.</summary>
    /// <param name="transforms">In the order of their use; none gives the features as they are.</param>
    public PipelineTransform(params IReadOnlyList<IFeatureTransform> transforms)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        _transforms = [.. transforms];
    }

    /// <inheritdoc/>
    public IFittedTransform Fit(TrainingSet training) => FitTransform(training).Fitted;

    /// <inheritdoc/>
    public (IFittedTransform Fitted, FeatureTable Rows) FitTransform(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        List<IFittedTransform> fitted = [];
        TrainingSet current = training;
        foreach (IFeatureTransform transform in _transforms)
        {
            (IFittedTransform next, FeatureTable rows) = transform.FitTransform(current);
            fitted.Add(next);
            current = new TrainingSet(rows, training.Targets, training.TargetKind, training.Weights, training.Values, training.Costs);
        }

        return (new FittedPipeline(training.Features.Schema, fitted), current.Features);
    }
}
