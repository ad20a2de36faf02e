namespace MlSystemDesign;

/// <summary>What is known of an observation's label.</summary>
public enum LabelStatus : byte
{
    /// <summary>The outcome occurred in the label window.</summary>
    Positive,

    /// <summary>The label window has fully passed and the outcome did not occur.</summary>
    Negative,

    /// <summary>The label window reaches beyond what the source has observed: nobody can tell yet. Never training data.</summary>
    Immature,

    /// <summary>The entity was not exposed to the outcome at the cutoff: it had already left, or was not yet a customer.</summary>
    NotAtRisk,
}
