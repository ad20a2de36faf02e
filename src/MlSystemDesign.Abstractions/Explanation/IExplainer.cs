namespace MlSystemDesign;

/// <summary>Splits each score of a model exactly over the features that made it.</summary>
/// <remarks>Immutable and safe for concurrent use; never mutates its arguments. Equal rows give equal bits, whatever rows stand beside them and on
/// however many threads. A host's own kind of model brings its own.</remarks>
public interface IExplainer
{
    /// <summary>Explains rows.</summary>
    /// <param name="rows">n rows that have at least the model's columns; other columns are ignored, unseen categories count as missing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>n rows × the model's columns.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another kind.</exception>
    /// <exception cref="ExplanationException">The attributions of a row do not add up to its score.</exception>
    AttributionTable Explain(FeatureTable rows, CancellationToken cancellationToken = default);
}
