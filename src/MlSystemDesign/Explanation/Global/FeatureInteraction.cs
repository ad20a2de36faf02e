namespace MlSystemDesign.Explanation;

/// <summary>What two business features do together, besides what each does alone.</summary>
public sealed record FeatureInteraction
{
    /// <summary>Gets the feature that stands first in the model.</summary>
    public required string First { get; init; }

    /// <summary>Gets the other.</summary>
    public required string Second { get; init; }

    /// <summary>Gets the mean |interaction|: by how much the pair moves a raw score beyond the two on their own. Both halves of the symmetric table together.</summary>
    public required Metric MeanAbsolute { get; init; }

    /// <summary>Gets the mean interaction with its sign.</summary>
    public required Metric Mean { get; init; }
}
