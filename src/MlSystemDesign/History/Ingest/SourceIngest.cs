namespace MlSystemDesign.History;

/// <summary>Takes the rows of one source, one after the other.</summary>
internal sealed class SourceIngest
{
    private readonly EntityInterner _entities;
    private readonly SkippedRowsCounter _skipped = new();
    private SpanEvidence _parts = new();
    private SpanEvidence _part = new();

    public SourceIngest(string name, SourceKind kind, EntityInterner entities)
    {
        Name = name;
        Kind = kind;
        _entities = entities;
    }

    public string Name { get; }

    public SourceKind Kind { get; }

    /// <summary>Gets the shape of the present part; every part has the same columns.</summary>
    public SourceShape Shape { get; private set; } = null!;

    public LevelInterner?[] Levels { get; private set; } = null!;

    public SourceBuffer Buffer { get; private set; } = null!;

    /// <summary>Gets where the present row is put.</summary>
    public RowDraft Draft { get; private set; } = null!;

    public SpanEvidence Span => _parts.Join(_part);

    public long RowsRead { get; private set; }

    public long LateRows { get; private set; }

    public IReadOnlyList<SkippedRows> Skipped => _skipped.ToList();

    /// <summary>Starts a part of the source: one file of several, with its own declaration of the span.</summary>
    public void BeginPart(SourceShape part)
    {
        if (Shape is null)
        {
            Levels = [.. part.Columns.Select(c => c.Kind == ColumnKind.Category ? new LevelInterner() : null)];
            Buffer = new SourceBuffer(part.Columns, part.HasKnownTime, part.HasSequence, part.HasEventKey);
            Draft = new RowDraft(part.Columns.Count);
        }

        Shape = part;
        _parts = Span;
        _part = new SpanEvidence { DeclaredFrom = part.ObservedFrom, DeclaredUntil = part.ObservedUntil };
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
        if (Draft.Fault is null && !_entities.TryGetId(Draft.Entity, out entity))
        {
            FailKind();
        }

        if (Draft.Fault is { } fault)
        {
            if (Shape.BadRows == BadRows.Fail)
            {
                throw fault.ToException(Name, RowsRead);
            }

            _skipped.Add(fault, RowsRead);
            return;
        }

        long happened = Shape.HasTime ? Draft.EventTicks : 0;
        Buffer.Begin(entity, happened, Draft.KnownTicks, Draft.Sequence, Draft.EventKey);
        for (int c = 0; c < Levels.Length; c++)
        {
            if (Levels[c] is { } levels)
            {
                Buffer.AddCode(c, levels.CodeOf(Draft.Texts[c]));
            }
            else
            {
                Buffer.AddNumber(c, Draft.Numbers[c]);
            }
        }

        _part = Shape.HasTime ? _part.With(happened) : _part;
        if (Shape.HasKnownTime ? Draft.KnownTicks > happened : Shape.KnownAfter > TimeSpan.Zero)
        {
            LateRows++;
        }
    }

    /// <summary>The remedy for a key of another kind lies in the mapping rather than in the row, so the policy to fail has a message of its own.</summary>
    private void FailKind()
    {
        if (Shape.BadRows == BadRows.Fail)
        {
            throw new DataFormatException(
                $"All sources of a history must have one kind of key. Got {_entities.OtherKind(Draft.Entity, $" in row {RowsRead} of source '{Name}'")}. " +
                "State the kind with Entity(column, EntityKeyKind...), or convert the key.",
                RowsRead,
                Shape.EntityColumn);
        }

        Draft.Fail(BadRowReason.EntityUnreadable, Shape.EntityColumn, _entities.OtherKind(Draft.Entity));
    }
}
