namespace MlSystemDesign.History;

/// <summary>Objects in memory.</summary>
internal sealed class ObjectFeed<T>(string source, SourceKind kind, IEnumerable<T> rows, ObjectMapping<T> mapping) : RowFeed(source, kind, mapping.Shape)
{
    public override void Read(IngestRun run, IngestPace pace)
    {
        SourceIngest ingest = run.Begin(this);
        foreach (T row in rows)
        {
            ingest.BeginRow();
            mapping.ReadRow(row, ingest.Draft);
            ingest.EndRow();
            pace.Step();
        }
    }

    public override ValueTask ReadAsync(IngestRun run, IngestPace pace)
    {
        Read(run, pace);
        return ValueTask.CompletedTask;
    }
}
