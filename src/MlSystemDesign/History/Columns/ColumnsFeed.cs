namespace MlSystemDesign.History;

/// <summary>Batches of columns, which are asked for one after the other when the history is built.</summary>
internal sealed class ColumnsFeed : RowFeed
{
    private readonly IEnumerable<FactColumns> _batches;
    private FactColumns? _form; // a batch with the columns that all must have

    /// <summary>One batch, whose columns are known already.</summary>
    public ColumnsFeed(string source, SourceKind kind, FactColumns batch, ColumnsMapping mapping)
        : base(source, kind, mapping.Shape)
    {
        _batches = [batch];
        TakeForm(batch);
    }

    /// <summary>Batches, of which the first will tell the columns.</summary>
    public ColumnsFeed(string source, SourceKind kind, IEnumerable<FactColumns> batches, ColumnsMapping mapping)
        : base(source, kind, mapping.Shape) => _batches = batches;

    public override bool KnowsShape => _form is not null;

    public override void Read(IngestRun run, IngestPace pace)
    {
        SourceIngest? ingest = null;
        foreach (FactColumns batch in _batches)
        {
            if (_form is null)
            {
                TakeForm(batch);
            }

            RequireForm(batch);
            ingest ??= run.Begin(this);
            ReadBatch(batch, ingest, pace);
        }

        if (ingest is null)
        {
            throw new DataFormatException(
                $"A source of columns must come in at least one batch. Got none for source '{Source}'. Where it has no rows, pass one batch of 0 rows with its columns.");
        }
    }

    public override ValueTask ReadAsync(IngestRun run, IngestPace pace)
    {
        Read(run, pace);
        return ValueTask.CompletedTask;
    }

    private void ReadBatch(FactColumns batch, SourceIngest ingest, IngestPace pace)
    {
        for (int row = 0; row < batch.Count; row++)
        {
            ingest.BeginRow();
            ReadRow(batch, row, ingest.Draft);
            ingest.EndRow();
            pace.Step();
        }
    }

    private void ReadRow(FactColumns batch, int row, RowDraft draft)
    {
        draft.Entity = batch.EntityColumn!.Read(row, BadRowReason.EntityMissing, draft);
        draft.EventTicks = batch.TimeColumn?.Read(row, "time", Shape.Zone, draft) ?? 0;
        draft.KnownTicks = batch.KnownColumn?.Read(row, "known time", Shape.Zone, draft) ?? 0;
        for (int c = 0; c < batch.Values.Count; c++)
        {
            batch.Values[c].Read(row, c, draft);
        }

        draft.EventKey = batch.EventKeyColumn?.Read(row, BadRowReason.EventKeyMissing, draft) ?? default;
        draft.Sequence = batch.SequenceColumn?.Span[row] ?? 0;
    }

    private void TakeForm(FactColumns batch)
    {
        Shape.HasEntity = batch.EntityColumn is not null;
        Shape.HasTime = batch.TimeColumn is not null;
        Shape.HasKnownTime = batch.KnownColumn is not null;
        Shape.HasSequence = batch.SequenceColumn is not null;
        Shape.HasEventKey = batch.EventKeyColumn is not null;
        foreach (ValueColumn value in batch.Values)
        {
            Shape.AddColumn(value.Column.Name, value.Column.Kind, value.Column.Unit);
        }

        _form = batch;
    }

    private void RequireForm(FactColumns batch)
    {
        if (!ReferenceEquals(batch, _form) && Describe(batch) is var came && Describe(_form!) is var form && came != form)
        {
            throw new DataFormatException($"All batches of a source must have the same columns. Got {came} where the first has {form}, for source '{Source}'. Give each batch every column, in one order.");
        }
    }

    private static string Describe(FactColumns batch)
    {
        IEnumerable<string?> own =
        [
            batch.EntityColumn is null ? null : "entity", batch.TimeColumn is null ? null : "time", batch.KnownColumn is null ? null : "known time",
            batch.EventKeyColumn is null ? null : "event key", batch.SequenceColumn is null ? null : "sequence",
        ];
        return string.Join(", ", own.OfType<string>().Concat(batch.Values.Select(v => SourceShape.NameOf(v.Column))));
    }
}
