namespace MlSystemDesign.Training;

/// <summary>A transform in front of a predictor that was trained on what it gives.</summary>
public sealed class TransformedPredictor : IPredictor
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "predictor.transformed";

    /// <summary>Creates a predictor.</summary>
    /// <param name="transform">From the features to the columns of the inner predictor.</param>
    /// <param name="inner">Takes exactly the columns that the transform gives.</param>
    public TransformedPredictor(IFittedTransform transform, IPredictor inner)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(inner);
        Transform = transform;
        Inner = inner;
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the transform.</summary>
    public IFittedTransform Transform { get; }

    /// <summary>Gets the predictor behind it.</summary>
    public IPredictor Inner { get; }

    /// <inheritdoc/>
    public void Score(FeatureTable table, Span<double> scores) => Inner.Score(Transform.Apply(table), scores);
}
