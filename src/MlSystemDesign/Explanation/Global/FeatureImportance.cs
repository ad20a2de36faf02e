namespace MlSystemDesign.Explanation;

/// <summary>What one business feature does to the scores, over all rows explained.</summary>
public sealed record FeatureImportance
{
    /// <summary>Gets the business feature (<see cref="FeatureColumn.Group"/>).</summary>
    public required string Feature { get; init; }

    /// <summary>Gets its columns, in the order of the model.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Gets the column of it with the largest mean |SHAP|.</summary>
    public required string LeadingColumn { get; init; }

    /// <summary>Gets the mean |SHAP|: by how much the feature moves a raw score (log-odds for the built-in models), up or down.</summary>
    public required Metric MeanAbsolute { get; init; }

    /// <summary>Gets the mean SHAP: above 0, the feature raises these scores over the base value, below 0 it lowers them. Near 0 where the rows are like those that unknown features are
    /// compared with.</summary>
    public required Metric Mean { get; init; }

    /// <summary>Gets <see cref="MeanAbsolute"/> over the sum of all features' own; in [0, 1], its interval too.</summary>
    public required Metric Share { get; init; }

    /// <summary>Gets by how much the feature moves the calibrated prediction, up or down: the mean of |prediction − prediction without the feature's attribution|. The changes of several
    /// features do not add up, since the link is not linear.</summary>
    public required Metric PredictionChange { get; init; }

    /// <summary>Gets the same with its sign.</summary>
    public required Metric SignedPredictionChange { get; init; }

    /// <summary>Gets Spearman's correlation of the attribution with the value of <see cref="LeadingColumn"/>, over the sample: 1 when a higher value always raises the score, −1 when it always
    /// lowers it; undefined where the column is a category. Near 0 also where the score first rises and then falls: see the dependence.</summary>
    public required Metric Direction { get; init; }

    /// <summary>Gets the sample: value of <see cref="LeadingColumn"/> and attribution of the feature.</summary>
    public required IReadOnlyList<AttributionPoint> Sample { get; init; }
}

/// <summary>One row of a sample.</summary>
/// <param name="Value">The value of the column: NaN when missing, the place of the level for a category.</param>
/// <param name="Attribution">How much it moved the raw score.</param>
public readonly record struct AttributionPoint(double Value, double Attribution);
