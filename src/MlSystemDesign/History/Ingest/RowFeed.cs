namespace MlSystemDesign.History;

/// <summary>Rows that are waiting to be read into a source.</summary>
internal abstract class RowFeed(string source, SourceKind kind, SourceShape shape)
{
    public string Source { get; } = source;

    public SourceKind Kind { get; } = kind;

    public SourceShape Shape { get; } = shape;

    /// <summary>Gets a value indicating whether the shape is complete before the rows are read.</summary>
    public virtual bool KnowsShape => true;

    /// <summary>Reads the rows on the calling thread.</summary>
    /// <exception cref="InvalidOperationException">The rows come asynchronously only.</exception>
    public abstract void Read(IngestRun run, IngestPace pace);

    public abstract ValueTask ReadAsync(IngestRun run, IngestPace pace);

    /// <summary>Checks the shape, and that the rows can join those that are there.</summary>
    /// <param name="there">The source of the past, if it has one.</param>
    /// <param name="twin">Another part of the source, if there is one.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public void RequireFit(SourceStore? there, SourceShape? twin)
    {
        Shape.Validate(Source, Kind);
        string? difference = there is not null ? Shape.DifferenceFrom(there.Schema, there.Span.IsKnown, there.HasEventKey, Kind)
            : twin is not null ? Shape.DifferenceFrom(twin.ToSchema(Source, Kind), twin.HasTime, twin.HasEventKey, Kind)
            : null;
        if (difference is not null)
        {
            throw new ArgumentException($"Rows that join a source must have its form. Got {difference}, for source '{Source}'. Map them alike, or give the new source another name.");
        }
    }
}
