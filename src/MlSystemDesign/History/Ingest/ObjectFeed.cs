namespace MlSystemDesign.History;

/// <summary>Objects in memory.</summary>
internal sealed class ObjectFeed<T>(string source, SourceKind kind, IEnumerable<T> rows, ObjectMapping<T> mapping) : RowFeed(source, kind, mapping.Shape)
{
    public override void Read(SourceIngest ingest, IngestPace pace)
    {
        foreach (T row in rows)
        {
            ingest.BeginRow();
            mapping.ReadRow(row, ingest.Draft);
            ingest.EndRow();
            pace.Step();
        }
    }

    public override ValueTask ReadAsync(SourceIngest ingest, IngestPace pace)
    {
        Read(ingest, pace);
        return ValueTask.CompletedTask;
    }
}
