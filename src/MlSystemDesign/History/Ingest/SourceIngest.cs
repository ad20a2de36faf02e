using System.Runtime.CompilerServices;

namespace MlSystemDesign.History;

/// <summary>Takes the rows of one source, one after the other or in columns.</summary>
internal sealed class SourceIngest(string name, SourceKind kind, EntityInterner entities, PartitionFilter? partition, PartitionWriter? writer = null)
{
    private readonly SkippedRowsCounter _skipped = new();
    private SpanEvidence _parts = new();
    private SpanEvidence _part = new();
    private SourceBuffer _buffer = null!;
    private int[] _rowsOf = [];

    public string Name { get; } = name;

    public SourceKind Kind { get; } = kind;

    /// <summary>Gets the entities of all sources.</summary>
    public EntityInterner Entities { get; } = entities;

    /// <summary>Gets the shape of the present part; every part has the same columns.</summary>
    public SourceShape Shape { get; private set; } = null!;

    /// <summary>Gets the columns of all parts together.</summary>
    public SourceColumns Columns { get; private set; } = null!;

    public LevelInterner?[] Levels { get; private set; } = null!;

    /// <summary>Gets where the present row is put.</summary>
    public RowDraft Draft { get; private set; } = null!;

    public SpanEvidence Span => _parts.Join(_part);

    public long RowsRead { get; private set; }

    /// <summary>Gets the number of rows that were not skipped.</summary>
    public long RowsTaken { get; private set; }

    public long LateRows { get; private set; }

    public long RowsRetracted { get; private set; }

    /// <summary>Gets how many of the provisional entity ids are those of entities with facts; rows of later ones are only versions of these entities' events.</summary>
    public int Members { get; private set; } = int.MaxValue;

    public IReadOnlyList<SkippedRows> Skipped => _skipped.ToList();

    /// <summary>Gets the number of rows of each provisional entity id; ids beyond its end have none.</summary>
    public ReadOnlySpan<int> RowsOf => _rowsOf;

    /// <summary>Starts a part of the source: one file of several, with its own declaration of the span.</summary>
    public void BeginPart(SourceShape part)
    {
        if (Shape is null)
        {
            Levels = [.. part.Columns.Select(c => c.Kind == ColumnKind.Category ? new LevelInterner() : null)];
            Columns = part.ToColumns();
            _buffer = new SourceBuffer(Columns, writer is null ? null : batch => writer.Write(this, batch));
            Draft = new RowDraft(part.Columns.Count);
        }

        if (part.HasRetracted && !Columns.HasRetracted)
        {
            Columns = Columns with { HasRetracted = true };
            _buffer.ChangeForm(Columns);
        }

        if (partition is not null && part.HasEventKey)
        {
            throw new DataFormatException(
                $"A partition that is read from its sources must not have corrections, since the versions of one event may belong to entities of several partitions. Got event keys in source '{Name}'. "
                + "Copy the sources first, with PartitionAsync, or apply the corrections before.");
        }

        Shape = part;
        _parts = Span;
        _part = new SpanEvidence { DeclaredFrom = part.ObservedFrom, DeclaredUntil = part.ObservedUntil };
    }

    /// <summary>Takes a source of which some rows were read before; what is told of it is what was told of all.</summary>
    /// <param name="source">The source.</param>
    /// <param name="rows">The rows; <see langword="null"/> when there are none.</param>
    /// <param name="members">The first provisional id of an entity whose rows are foreign.</param>
    public void Restore(PartitionedSource source, FactBatch? rows, int members)
    {
        BeginPart(source.Shape);
        Members = members;
        _parts = source.Span;
        _part = new SpanEvidence();
        (RowsRead, RowsTaken, LateRows) = (source.RowsRead, source.RowsTaken, source.LateRows);
        for (int c = 0; c < Levels.Length; c++)
        {
            foreach (string text in source.Levels[c] ?? [])
            {
                Levels[c]!.CodeOf(text);
            }
        }

        if (rows is not null)
        {
            CountRows(rows.Entities);
            _buffer.Add(rows);
        }
    }

    public void BeginRow()
    {
        RowsRead++;
        Draft.Clear();
    }

    /// <summary>Keeps the row that was put into <see cref="Draft"/>, or skips it.</summary>
    /// <exception cref="DataFormatException">The row is bad, and the policy is to fail.</exception>
    public void EndRow()
    {
        int entity = -1;
        if (Draft.Fault is not null || !Entities.TryGetId(Draft.Entity, out entity))
        {
            Skip();
            return;
        }

        long happened = Shape.HasTime ? Draft.EventTicks : 0;
        if (partition is null || partition.Keeps(entity))
        {
            Keep(entity, happened);
        }

        CountRows([entity]);
        RowsTaken++;
        RowsRetracted += Draft.Retracted ? 1 : 0;
        _part = Shape.HasTime ? _part.With(happened) : _part;
        LateRows += Shape.HasKnownTime ? (Draft.KnownTicks > happened ? 1 : 0) : Shape.KnownAfter > TimeSpan.Zero ? 1 : 0;
    }

    private void Keep(int entity, long happened)
    {
        _buffer.Begin(entity, new RowClocks(happened, Draft.KnownTicks, Draft.Sequence), Draft.EventKey, Draft.Retracted);
        for (int c = 0; c < Levels.Length; c++)
        {
            if (Levels[c] is { } levels)
            {
                _buffer.AddCode(c, levels.CodeOf(Draft.Texts[c]));
            }
            else
            {
                _buffer.AddNumber(c, Draft.Numbers[c]);
            }
        }
    }

    /// <summary>Skips the row of which <see cref="Draft"/> holds the fault, or else a key of another kind.</summary>
    /// <exception cref="DataFormatException">The policy is to fail.</exception>
    public void Skip()
    {
        if (Draft.Fault is null)
        {
            FailKind();
        }

        RowFault fault = Draft.Fault!.Value;
        if (Shape.BadRows == BadRows.Fail)
        {
            throw fault.ToException(Name, RowsRead);
        }

        _skipped.Add(fault, RowsRead);
    }

    /// <summary>Counts rows that were read in columns and are good.</summary>
    public void CountRead(long rows) => RowsRead += rows;

    /// <summary>Takes notice of a part of the rows of a batch.</summary>
    /// <param name="evidence">Collects over the batch.</param>
    /// <param name="start">The first row of the part.</param>
    /// <param name="ids">The entity of each row, −1 for a skipped one.</param>
    /// <param name="events">The event times in ticks.</param>
    /// <param name="known">The known times in ticks; empty when the source has none.</param>
    /// <param name="retracted">The retractions; empty when the source has none.</param>
    public void Note(BatchEvidence evidence, int start, ReadOnlySpan<int> ids, ReadOnlySpan<long> events, ReadOnlySpan<long> known, ReadOnlySpan<bool> retracted)
    {
        CountRows(ids);
        SpanEvidence span = evidence.Add(_part, start, ids, events, known, retracted);
        _part = Shape.HasTime ? span : _part;
    }

    /// <summary>Keeps rows in columns of which every part was noted.</summary>
    public void Add(FactBatch batch, BatchEvidence evidence)
    {
        RowsTaken += evidence.Taken;
        RowsRetracted += evidence.Retracted;
        LateRows += Shape.HasKnownTime ? evidence.Late : Shape.KnownAfter > TimeSpan.Zero ? evidence.Taken : 0;
        batch.Apart = evidence.Apart;
        _buffer.Add(partition is null ? batch : partition.Kept(batch));
    }

    /// <summary>Ends the reading and hands the rows over.</summary>
    public List<FactBatch> Release() => _buffer.Release();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountRows(ReadOnlySpan<int> ids)
    {
        if (_rowsOf.Length < Entities.Count)
        {
            Array.Resize(ref _rowsOf, Math.Max(Entities.Count, 2 * _rowsOf.Length));
        }

        int[] rowsOf = _rowsOf;
        foreach (int entity in ids)
        {
            if ((uint)entity < (uint)rowsOf.Length && (partition is null || partition.Keeps(entity)))
            {
                rowsOf[entity]++;
            }
        }
    }

    /// <summary>The remedy for a key of another kind lies in the mapping rather than in the row, so the policy to fail has a message of its own.</summary>
    private void FailKind()
    {
        if (Shape.BadRows == BadRows.Fail)
        {
            throw new DataFormatException(
                $"All sources of a history must have one kind of key. Got {Entities.OtherKind(Draft.Entity, $" in row {RowsRead} of source '{Name}'")}. " +
                "State the kind with Entity(column, EntityKeyKind...), or convert the key.",
                RowsRead,
                Shape.EntityColumn);
        }

        Draft.Fail(BadRowReason.EntityUnreadable, Shape.EntityColumn, Entities.OtherKind(Draft.Entity));
    }
}
