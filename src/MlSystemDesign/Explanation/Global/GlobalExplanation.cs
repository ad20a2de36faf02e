namespace MlSystemDesign.Explanation;

/// <summary>What moves a model's scores, over many rows: which features, in which direction, how by value, and which together.</summary>
/// <remarks>Made by <see cref="GlobalExplainer"/> or <see cref="AttributionSummary"/>. Immutable. It describes the model on these rows, not what would happen if a feature were changed.</remarks>
public sealed record GlobalExplanation
{
    internal GlobalExplanation(AttributionState state) => State = state;

    /// <summary>Gets the number of rows explained.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets the score when no feature is known; NaN without rows.</summary>
    public required double BaseValue { get; init; }

    /// <summary>Gets what unknown features were compared with.</summary>
    public required AttributionMethod Method { get; init; }

    /// <summary>Gets what the model predicts.</summary>
    public required TargetKind TargetKind { get; init; }

    /// <summary>Gets every business feature, the largest mean |SHAP| first; ties in the order of the model.</summary>
    public required IReadOnlyList<FeatureImportance> Features { get; init; }

    /// <summary>Gets every column, the largest mean |SHAP| first; ties in the order of the model.</summary>
    public required IReadOnlyList<FeatureDependence> Dependence { get; init; }

    /// <summary>Gets the strongest pairs, the largest mean |interaction| first; empty when <see cref="NoInteractionsReason"/> is set.</summary>
    public required IReadOnlyList<FeatureInteraction> Interactions { get; init; }

    /// <summary>Gets why there are no interactions; <see langword="null"/> when there are.</summary>
    public string? NoInteractionsReason { get; init; }

    /// <summary>Gets the sums behind the numbers, for comparing with another explanation.</summary>
    internal AttributionState State { get; }
}
