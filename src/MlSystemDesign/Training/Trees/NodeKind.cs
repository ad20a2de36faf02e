namespace MlSystemDesign.Training.Trees;

/// <summary>How a node decides; the numeric node that sends a missing value to the right is 0.</summary>
[Flags]
internal enum NodeKind : byte
{
    /// <summary>Left when value ≤ threshold; NaN goes right.</summary>
    None = 0,

    /// <summary>NaN goes left.</summary>
    MissingLeft = 1,

    /// <summary>Zero (|value| ≤ 1e-35) is missing too.</summary>
    ZeroIsMissing = 2,

    /// <summary>Left when the category is in the node's set; negative and unknown categories go right, and so does NaN without <see cref="MissingLeft"/>.</summary>
    Categorical = 4,
}
