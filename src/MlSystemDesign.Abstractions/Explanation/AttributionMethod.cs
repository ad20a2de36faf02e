namespace MlSystemDesign;

/// <summary>What a feature is compared with when it counts as not known: SHAP values differ by it, so it is part of the result.</summary>
public enum AttributionMethod
{
    /// <summary>The training rows, as the trees remember them: at a split on an unknown feature both sides count, in proportion to their
    /// cover. Correlated features share what they know together. See <see cref="CoverKind"/>.</summary>
    PathDependent,

    /// <summary>A background table: an unknown feature takes its values in those rows, whatever the known features are. Only features that the model
    /// itself reads get a share.</summary>
    Interventional,
}
