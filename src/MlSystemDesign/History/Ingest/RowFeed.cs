namespace MlSystemDesign.History;

/// <summary>Rows that are waiting to be read into a source.</summary>
internal abstract class RowFeed(string source, SourceKind kind, SourceShape shape)
{
    public string Source { get; } = source;

    public SourceKind Kind { get; } = kind;

    public SourceShape Shape { get; } = shape;

    /// <summary>Reads the rows on the calling thread.</summary>
    /// <exception cref="InvalidOperationException">The rows come asynchronously only.</exception>
    public abstract void Read(SourceIngest ingest, IngestPace pace);

    public abstract ValueTask ReadAsync(SourceIngest ingest, IngestPace pace);
}
