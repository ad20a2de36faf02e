namespace MlSystemDesign;

/// <summary>What the cover of a node or leaf counts. Path-dependent explanations weigh branches by it, so that two kinds give two (both exact) answers.</summary>
public enum CoverKind
{
    /// <summary>Nothing is known of the training rows.</summary>
    None = 0,

    /// <summary>The training rows that passed, as LightGBM stores them.</summary>
    Counts = 1,

    /// <summary>The sum of the second derivatives of the loss over them, as XGBoost stores it.</summary>
    Hessians = 2,
}
