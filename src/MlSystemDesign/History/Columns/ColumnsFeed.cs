using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Batches of columns, which are asked for one after the other when the history is built.</summary>
internal sealed class ColumnsFeed : RowFeed
{
    private const int RowsPerStep = 1 << 12; // so that every column of a step is still in the cache when it is looked at again
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
        GC.KeepAlive(batch); // its memory may be foreign, and freed with its owner, which a span alone does not keep alive
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
        ReadOnlyMemory<double>[] numbers = [.. batch.Values.Select(v => v.ToNumbers())];
        FactBatch rows = new()
        {
            Count = batch.Count,
            Entities = LargeArray.Uninitialized<int>(batch.Count),
            EventTimes = batch.TimeColumn?.ToValues(Shape.Zone) ?? new long[batch.Count],
            EventScale = batch.TimeColumn?.Scale ?? TickScale.Ticks,
            KnownTimes = batch.KnownColumn?.ToValues(Shape.Zone) ?? default,
            KnownScale = batch.KnownColumn?.Scale ?? TickScale.Ticks,
            Sequence = batch.SequenceColumn ?? default,
            EventKeys = batch.EventKeyColumn?.ToKeys() ?? default,
            Retracted = batch.RetractedColumn ?? default,
            Numbers = numbers,
            HasMissing = new bool[numbers.Length],
            Codes = new CodeBatch?[numbers.Length],
        };
        BatchEvidence evidence = new(batch.Count);
        long[] eventRoom = new long[RowsPerStep], knownRoom = new long[RowsPerStep];
        for (int start = 0; start < batch.Count; start += RowsPerStep)
        {
            Span<int> ids = rows.Entities.AsSpan(start, Math.Min(RowsPerStep, batch.Count - start));
            ids.Clear();
            batch.MarkFaults(start, ids);
            ReadOnlySpan<long> events = rows.EventScale.ToTicks(rows.EventTimes.Span.Slice(start, ids.Length), eventRoom);
            ReadOnlySpan<long> known = rows.KnownTimes.IsEmpty ? default : rows.KnownScale.ToTicks(rows.KnownTimes.Span.Slice(start, ids.Length), knownRoom);
            batch.TimeColumn?.Mark(events, start, ids);
            batch.KnownColumn?.Mark(known, start, ids);
            for (int c = 0; c < numbers.Length; c++)
            {
                batch.Values[c].Mark(start, ids);
                rows.HasMissing[c] = rows.HasMissing[c] || (!numbers[c].IsEmpty && ColumnScan.HasNaN(numbers[c].Span.Slice(start, ids.Length)));
            }

            MarkMissing(rows.EventKeys, start, ids);
            batch.EntityColumn!.Intern(ingest.Entities, start, ids);
            Count(batch, start, ids, ingest);
            ReadOnlySpan<bool> retracted = rows.Retracted.IsEmpty ? default : rows.Retracted.Span.Slice(start, ids.Length);
            ingest.Note(evidence, start, ids, events, known, retracted);
            pace.Step(ids.Length);
        }

        for (int c = 0; c < numbers.Length; c++)
        {
            rows.Codes[c] = ingest.Levels[c] is { } levels ? batch.Values[c].ToCodes(rows.Entities, levels) : null;
        }

        ingest.Add(rows, evidence);
    }

    private static void MarkMissing(ReadOnlyMemory<EntityKey> keys, int start, Span<int> ids)
    {
        for (int i = 0; i < ids.Length && !keys.IsEmpty; i++)
        {
            ids[i] = keys.Span[start + i] == default ? -1 : ids[i];
        }
    }

    /// <summary>Counts rows; bad ones are read once more, alone, for what is wrong with them.</summary>
    private void Count(FactColumns batch, int start, ReadOnlySpan<int> ids, SourceIngest ingest)
    {
        if (!ids.Contains(-1))
        {
            ingest.CountRead(ids.Length);
            return;
        }

        for (int i = 0; i < ids.Length; i++)
        {
            ingest.BeginRow();
            if (ids[i] < 0)
            {
                ReadRow(batch, start + i, ingest.Draft);
                ingest.Skip();
            }
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
        Shape.HasRetracted = batch.RetractedColumn is not null;
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
            batch.RetractedColumn is null ? null : "retracted",
        ];
        return string.Join(", ", own.OfType<string>().Concat(batch.Values.Select(v => SourceShape.NameOf(v.Column))));
    }
}
