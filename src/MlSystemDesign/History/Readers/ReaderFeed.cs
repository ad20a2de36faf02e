using System.Data;
using System.Data.Common;

namespace MlSystemDesign.History;

/// <summary>Rows of a data reader: one that the caller owns, or one that is opened for the ingest and closed after it.</summary>
internal sealed class ReaderFeed : RowFeed
{
    private readonly IDataReader? _reader;
    private readonly Func<DbDataReader>? _open;
    private readonly ReaderMapping _mapping;

    public ReaderFeed(string source, SourceKind kind, IDataReader reader, ReaderMapping mapping)
        : base(source, kind, mapping.Shape)
    {
        _reader = reader;
        _mapping = mapping;
    }

    public ReaderFeed(string source, SourceKind kind, Func<DbDataReader> open, ReaderMapping mapping)
        : base(source, kind, mapping.Shape)
    {
        _open = open;
        _mapping = mapping;
    }

    public override void Read(IngestRun run, IngestPace pace)
    {
        SourceIngest ingest = run.Begin(this);
        using DbDataReader? opened = _open?.Invoke();
        IDataReader reader = _reader ?? opened!;
        Action<IDataRecord, RowDraft>[] columns = _mapping.Bind(reader, Source);
        while (reader.Read())
        {
            Take(reader, columns, ingest, pace);
        }
    }

    public override async ValueTask ReadAsync(IngestRun run, IngestPace pace)
    {
        SourceIngest ingest = run.Begin(this);
        if (_reader is not null)
        {
            await ReadAsync(_reader, ingest, pace).ConfigureAwait(false);
            return;
        }

        DbDataReader opened = _open!();
        await using (opened.ConfigureAwait(false))
        {
            await ReadAsync(opened, ingest, pace).ConfigureAwait(false);
        }
    }

    private async ValueTask ReadAsync(IDataReader reader, SourceIngest ingest, IngestPace pace)
    {
        Action<IDataRecord, RowDraft>[] columns = _mapping.Bind(reader, Source);
        while (reader is DbDataReader db ? await db.ReadAsync(pace.CancellationToken).ConfigureAwait(false) : reader.Read())
        {
            Take(reader, columns, ingest, pace);
        }
    }

    private static void Take(IDataReader reader, Action<IDataRecord, RowDraft>[] columns, SourceIngest ingest, IngestPace pace)
    {
        ingest.BeginRow();
        if ((reader as IRowCheck)?.RowFault is { } fault)
        {
            ingest.Draft.Fail(BadRowReason.FieldCount, null, fault);
        }
        else
        {
            ingest.Draft.Read(columns, reader);
        }

        ingest.EndRow();
        pace.Step();
    }
}
