namespace MlSystemDesign;

/// <summary>The inside of a model: from features to a raw score. Managed code only; a scoring process loads no native library for it.</summary>
/// <remarks>Immutable and safe for concurrent use. A host's own trainer brings its own predictor and registers a codec for its kind.</remarks>
public interface IPredictor : IArtifactPart
{
    /// <summary>Scores rows.</summary>
    /// <param name="table">n rows with exactly the columns, order and dictionaries that it was trained on.</param>
    /// <param name="scores">n places, overwritten with raw scores on the predictor's own scale (log-odds for the built-in ones).</param>
    void Score(FeatureTable table, Span<double> scores);
}
