namespace MlSystemDesign.Training;

/// <summary>Says to which segment each row belongs.</summary>
/// <remarks>Immutable and safe for concurrent use; looks at the columns of the row alone. A host's own rule registers a codec for its kind.</remarks>
public interface ISegmentRule : IArtifactPart
{
    /// <summary>Gives the segments of rows.</summary>
    /// <param name="table">n rows.</param>
    /// <returns>n names; <see langword="null"/> for a row of no segment.</returns>
    string?[] SegmentsOf(FeatureTable table);
}
