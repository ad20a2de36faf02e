namespace MlSystemDesign;

/// <summary>Something fitted that turns features into other features: an imputer, a scaler, an encoder.</summary>
/// <remarks>Fitting takes a <see cref="TrainingSet"/> and nothing else, so that no test row can reach it.</remarks>
public interface IFeatureTransform
{
    /// <summary>Fits the transform.</summary>
    /// <param name="training">The rows that may be fitted to.</param>
    IFittedTransform Fit(TrainingSet training);

    /// <summary>Fits the transform, and transforms the rows that it was fitted to, for a model to be fitted to them.</summary>
    /// <param name="training">The rows that may be fitted to.</param>
    /// <returns>The fitted transform, and n rows with the columns of its output. The rows are those of <see cref="IFittedTransform.Apply"/>, unless the transform uses targets:
    /// then each row's values must owe nothing to its own target.</returns>
    (IFittedTransform Fitted, FeatureTable Rows) FitTransform(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        IFittedTransform fitted = Fit(training);
        return (fitted, fitted.Apply(training.Features));
    }
}

/// <summary>A fitted transform: immutable, safe for concurrent use, part of the artifact.</summary>
public interface IFittedTransform : IArtifactPart
{
    /// <summary>Gets the columns that it takes.</summary>
    FeatureSchema Input { get; }

    /// <summary>Gets the columns that it gives.</summary>
    FeatureSchema Output { get; }

    /// <summary>Transforms rows.</summary>
    /// <param name="table">n rows that have the columns of <see cref="Input"/>.</param>
    /// <returns>n rows with the columns of <see cref="Output"/>.</returns>
    FeatureTable Apply(FeatureTable table);
}
