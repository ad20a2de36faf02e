namespace MlSystemDesign.History;

/// <summary>Batches of columns, which are asked for one after the other when the history is built.</summary>
internal sealed class ColumnsFeed : RowFeed
{
    private readonly IEnumerable<FactColumns>? _batches;
    private readonly IAsyncEnumerable<FactColumns>? _asyncBatches;
    private string? _form; // the columns that all batches must have, in words: a batch itself would keep its memory

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

    /// <summary>Batches that come asynchronously.</summary>
    public ColumnsFeed(string source, SourceKind kind, IAsyncEnumerable<FactColumns> batches, ColumnsMapping mapping)
        : base(source, kind, mapping.Shape) => _asyncBatches = batches;

    public override bool KnowsShape => _form is not null;

    public override void Read(IngestRun run, IngestPace pace)
    {
        if (_batches is null)
        {
            throw new InvalidOperationException(
                $"An asynchronous source must be read asynchronously. Got Build() with source '{Source}', an IAsyncEnumerable. Await BuildAsync() instead.");
        }

        SourceIngest? ingest = null;
        foreach (FactColumns batch in _batches)
        {
            Take(batch, ref ingest, run, pace);
        }

        RequireBatch(ingest);
    }

    public override async ValueTask ReadAsync(IngestRun run, IngestPace pace)
    {
        if (_asyncBatches is null)
        {
            Read(run, pace);
            return;
        }

        SourceIngest? ingest = null;
        await foreach (FactColumns batch in _asyncBatches.WithCancellation(pace.CancellationToken).ConfigureAwait(false))
        {
            Take(batch, ref ingest, run, pace);
        }

        RequireBatch(ingest);
    }

    private void Take(FactColumns batch, ref SourceIngest? ingest, IngestRun run, IngestPace pace)
    {
        if (_form is null)
        {
            TakeForm(batch);
        }

        RequireForm(batch);
        ingest ??= run.Begin(this);
        ReadBatch(batch, ingest, pace);
    }

    private void RequireBatch(SourceIngest? ingest)
    {
        if (ingest is null)
        {
            throw new DataFormatException(
                $"A source of columns must come in at least one batch. Got none for source '{Source}'. Where it has no rows, pass one batch of 0 rows with its columns.");
        }
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
        if (batch.FaultOf(row) is { } fault)
        {
            draft.Fail(fault.Reason, fault.Column, fault.Came);
            return;
        }

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

        _form = Describe(batch);
    }

    private void RequireForm(FactColumns batch)
    {
        if (Describe(batch) is var came && !string.Equals(came, _form, StringComparison.Ordinal))
        {
            throw new DataFormatException($"All batches of a source must have the same columns. Got {came} where the first has {_form}, for source '{Source}'. Give each batch every column, in one order.");
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
