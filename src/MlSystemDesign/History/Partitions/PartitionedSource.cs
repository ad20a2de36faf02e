namespace MlSystemDesign.History;

/// <summary>What is known of a source whose rows were written partition by partition.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Shape">What its rows have.</param>
/// <param name="Span">The evidence of all rows.</param>
/// <param name="Levels">The texts of each category column, in the order of the codes that were written; <see langword="null"/> for a number column.</param>
internal sealed record PartitionedSource(string Name, SourceKind Kind, SourceShape Shape, SpanEvidence Span, string[]?[] Levels)
{
    /// <summary>Gets a value indicating whether some part of it has retractions; the shape is that of the last part.</summary>
    public bool HasRetracted { get; init; }

    public long RowsRead { get; init; }

    public long RowsTaken { get; init; }

    public long LateRows { get; init; }

    public IReadOnlyList<SkippedRows> Skipped { get; init; } = [];

    public static PartitionedSource Of(SourceIngest read) => new(read.Name, read.Kind, read.Shape, read.Span, [.. read.Levels.Select(l => l?.Texts.ToArray())])
    {
        HasRetracted = read.Columns.HasRetracted,
        RowsRead = read.RowsRead,
        RowsTaken = read.RowsTaken,
        LateRows = read.LateRows,
        Skipped = read.Skipped,
    };

    public void Write(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write((byte)Kind);
        writer.Write(Shape.HasTime);
        writer.Write(Shape.HasKnownTime);
        writer.Write(Shape.HasSequence);
        writer.Write(Shape.HasEventKey);
        writer.Write(HasRetracted);
        writer.Write(Shape.KnownAfter.Ticks);
        writer.Write(Shape.Columns.Count);
        for (int c = 0; c < Shape.Columns.Count; c++)
        {
            SourceColumn column = Shape.Columns[c];
            writer.Write(column.Name);
            writer.Write((byte)column.Kind);
            WriteOptional(writer, column.Unit);
            WriteTexts(writer, Levels[c] ?? []);
        }

        writer.Write(Span.First);
        writer.Write(Span.Last);
        writer.Write(Span.WholeDays);
        writer.Write(Span.DeclaredFrom?.UtcTicks ?? -1);
        writer.Write(Span.DeclaredUntil?.UtcTicks ?? -1);
        writer.Write(RowsRead);
        writer.Write(RowsTaken);
        writer.Write(LateRows);
        writer.Write(Skipped.Count);
        foreach (SkippedRows skipped in Skipped)
        {
            writer.Write((int)skipped.Reason);
            WriteOptional(writer, skipped.Column);
            writer.Write(skipped.Count);
            WriteTexts(writer, [skipped.Example]);
            writer.Write(skipped.FirstRows.Count);
            foreach (long row in skipped.FirstRows)
            {
                writer.Write(row);
            }
        }
    }

    public static PartitionedSource Read(BinaryReader reader)
    {
        string name = reader.ReadString();
        SourceKind kind = (SourceKind)reader.ReadByte();
        SourceShape shape = new()
        {
            HasEntity = true,
            HasTime = reader.ReadBoolean(),
            HasKnownTime = reader.ReadBoolean(),
            HasSequence = reader.ReadBoolean(),
            HasEventKey = reader.ReadBoolean(),
            HasRetracted = reader.ReadBoolean(),
            KnownAfter = new TimeSpan(reader.ReadInt64()),
        };
        string[]?[] levels = new string[reader.ReadInt32()][];
        for (int c = 0; c < levels.Length; c++)
        {
            shape.AddColumn(reader.ReadString(), (ColumnKind)reader.ReadByte(), ReadOptional(reader));
            string[] texts = ReadTexts(reader);
            levels[c] = shape.Columns[c].Kind == ColumnKind.Category ? texts : null;
        }

        SpanEvidence span = new() { First = reader.ReadInt64(), Last = reader.ReadInt64(), WholeDays = reader.ReadBoolean(), DeclaredFrom = ReadInstant(reader), DeclaredUntil = ReadInstant(reader) };
        return new PartitionedSource(name, kind, shape, span, levels)
        {
            RowsRead = reader.ReadInt64(),
            RowsTaken = reader.ReadInt64(),
            LateRows = reader.ReadInt64(),
            Skipped = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => ReadSkipped(reader))],
        };
    }

    private static SkippedRows ReadSkipped(BinaryReader reader)
    {
        BadRowReason reason = (BadRowReason)reader.ReadInt32();
        string? column = ReadOptional(reader);
        long count = reader.ReadInt64();
        string example = ReadTexts(reader)[0];
        return new SkippedRows(reason, column, count, [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadInt64())], example);
    }

    private static DateTimeOffset? ReadInstant(BinaryReader reader) => reader.ReadInt64() is >= 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string[] ReadTexts(BinaryReader reader)
    {
        string[] texts = new string[reader.ReadInt32()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = string.Create(reader.ReadInt32(), reader, static (chars, from) =>
            {
                for (int c = 0; c < chars.Length; c++)
                {
                    chars[c] = (char)from.ReadUInt16();
                }
            });
        }

        return texts;
    }

    // Unit by unit: a text may hold half a surrogate pair, which UTF-8 would lose.
    private static void WriteTexts(BinaryWriter writer, string[] texts)
    {
        writer.Write(texts.Length);
        foreach (string text in texts)
        {
            writer.Write(text.Length);
            foreach (char c in text)
            {
                writer.Write((ushort)c);
            }
        }
    }
}
