namespace MlSystemDesign.History;

/// <summary>Objects that come one after the other.</summary>
internal sealed class AsyncObjectFeed<T>(string source, SourceKind kind, IAsyncEnumerable<T> rows, ObjectMapping<T> mapping) : RowFeed(source, kind, mapping.Shape)
{
    public override void Read(IngestRun run, IngestPace pace) => throw new InvalidOperationException(
        $"An asynchronous source must be read asynchronously. Got Build() with source '{Source}', an IAsyncEnumerable. Await BuildAsync() instead.");

    public override async ValueTask ReadAsync(IngestRun run, IngestPace pace)
    {
        SourceIngest ingest = run.Begin(this);
        await foreach (T row in rows.WithCancellation(pace.CancellationToken).ConfigureAwait(false))
        {
            ingest.BeginRow();
            mapping.ReadRow(row, ingest.Draft);
            ingest.EndRow();
            pace.Step();
        }
    }
}
