using System.Data;

namespace MlSystemDesign.History;

/// <summary>Says by column names how a row of a reader, a query or a CSV file becomes a fact.</summary>
/// <remarks>Text is read in the invariant culture. Blank text and database nulls are missing, and so is the text NaN in a number column.</remarks>
public sealed class ReaderMapping : SourceMapping<ReaderMapping>
{
    private readonly List<Func<ReaderColumns, Action<IDataRecord, RowDraft>>> _bindings = [];
    private readonly List<string> _missingTexts = [];

    internal ReaderMapping()
    {
    }

    /// <summary>Maps the entity: one column, or several for a composite key. The kind of key follows from the column's type: text, integer or GUID.</summary>
    /// <param name="columns">Column names.</param>
    public ReaderMapping Entity(params string[] columns) => Entity(KeyColumns.Of(columns));

    /// <summary>Maps the entity to one column with a stated kind of key: a CSV file holds text, so an integer key must be stated.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="kind">Text, integer or GUID; other text is a bad row.</param>
    public ReaderMapping Entity(string column, EntityKeyKind kind) => Entity(KeyColumns.Of(column, kind));

    /// <summary>Maps the event time: a time column, or text in ISO 8601.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="format">A .NET format for other text, such as <c>dd/MM/yyyy HH:mm</c>.</param>
    public ReaderMapping Time(string column, string? format = null) => EventTime(new TimeFormat(column, format, null));

    /// <summary>Maps the event time with your own reader: days since some origin, seconds since 1970.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="read">Turns the text of the field, never blank, into an instant; <see langword="null"/> is a bad row.</param>
    public ReaderMapping Time(string column, Func<string, DateTimeOffset?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return EventTime(new TimeFormat(column, null, read));
    }

    /// <summary>Maps the time from which the fact could be known. It may lie before the event: announcements do.</summary>
    /// <param name="column">The column's name; a missing value is a bad row.</param>
    /// <param name="format">A .NET format for text that is not ISO 8601.</param>
    public ReaderMapping KnownTime(string column, string? format = null) => KnownTime(new TimeFormat(column, format, null));

    /// <summary>Maps the time from which the fact could be known, with your own reader.</summary>
    /// <param name="column">The column's name; a missing value is a bad row.</param>
    /// <param name="read">Turns the text of the field into an instant; <see langword="null"/> is a bad row.</param>
    public ReaderMapping KnownTime(string column, Func<string, DateTimeOffset?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return KnownTime(new TimeFormat(column, null, read));
    }

    /// <summary>Maps a number column.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="unit">The unit, such as "EUR".</param>
    /// <param name="name">The name in the history; the column's by default.</param>
    public ReaderMapping Number(string column, string? unit = null, string? name = null)
    {
        int place = Shape.AddColumn(name ?? column, ColumnKind.Number, unit);
        return Bind(columns =>
        {
            ReaderField field = columns[column];
            return (record, draft) => draft.Numbers[place] = field.Number(record, draft);
        });
    }

    /// <summary>Maps a number that is computed from other columns of the row: <c>Computed("amount", ["quantity", "price"], v => v[0] * v[1])</c>.</summary>
    /// <param name="name">The name in the history.</param>
    /// <param name="columns">The columns that it needs.</param>
    /// <param name="compute">Takes their values in that order, NaN for missing, in an array that is reused; an infinite result is a bad row.</param>
    /// <param name="unit">The unit, such as "EUR".</param>
    public ReaderMapping Computed(string name, IReadOnlyList<string> columns, Func<double[], double> compute, string? unit = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(compute);
        int place = Shape.AddColumn(name, ColumnKind.Number, unit);
        return Bind(found =>
        {
            ReaderField[] fields = [.. columns.Select(column => found[column])];
            double[] values = new double[fields.Length];
            return (record, draft) =>
            {
                for (int i = 0; i < fields.Length; i++)
                {
                    values[i] = fields[i].Number(record, draft);
                }

                draft.Column = name;
                double number = compute(values);
                draft.Numbers[place] = number;
                if (double.IsInfinity(number))
                {
                    draft.Fail(BadRowReason.NumberInfinite, name, "infinity");
                }
            };
        });
    }

    /// <summary>Maps a category column.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="name">The name in the history; the column's by default.</param>
    public ReaderMapping Category(string column, string? name = null)
    {
        int place = Shape.AddColumn(name ?? column, ColumnKind.Category, null);
        return Bind(columns =>
        {
            ReaderField field = columns[column];
            return (record, draft) => draft.Texts[place] = field.Text(record, draft);
        });
    }

    /// <summary>Maps a category column with your own reader: the department of a product, a code in words.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="read">Turns the text of the field, never blank, into a category; <see langword="null"/> is missing.</param>
    /// <param name="name">The name in the history; the column's by default.</param>
    public ReaderMapping Category(string column, Func<string, string?> read, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        int place = Shape.AddColumn(name ?? column, ColumnKind.Category, null);
        return Bind(columns =>
        {
            ReaderField field = columns[column];
            return (record, draft) => draft.Texts[place] = field.Text(record, draft) is { } text ? read(text) : null;
        });
    }

    /// <summary>Declares that rows with the same key are versions of one event: each holds from its own known time until the next becomes known. Versions known at the same time stand
    /// in the order of the sequence, then of time and values; the last one holds.</summary>
    /// <param name="columns">The columns that make the key, unique to the event within the source.</param>
    /// <remarks>Without an event key equal rows are different events. Versions may differ in everything, time and entity included.</remarks>
    public ReaderMapping EventKey(params string[] columns)
    {
        KeyColumns key = KeyColumns.Of(columns);
        Shape.HasEventKey = true;
        return Bind(found =>
        {
            Func<IDataRecord, RowDraft, EntityKey> read = key.Bind(found, BadRowReason.EventKeyMissing);
            return (record, draft) => draft.EventKey = read(record, draft);
        });
    }

    /// <summary>Maps retractions: rows that say that the event with their key is not to be counted from their known time on. Requires an event key.</summary>
    /// <param name="column">A column of booleans, or of the texts or numbers 1 and 0, true and false; a missing value is no retraction, anything else is a bad row.</param>
    /// <remarks>Of a row and a retraction that are known at the same time with the same sequence number, the retraction holds. A later version brings the event back.</remarks>
    public ReaderMapping Retracted(string column)
    {
        Shape.HasRetracted = true;
        return Bind(columns =>
        {
            ReaderField field = columns[column];
            return (record, draft) => draft.Retracted = field.Flag(record, draft);
        });
    }

    /// <summary>Maps the source's own sequence number, which orders facts of one event time and known time; the greater is the newer.</summary>
    /// <param name="column">A column of whole numbers.</param>
    public ReaderMapping Sequence(string column)
    {
        Shape.HasSequence = true;
        return Bind(columns =>
        {
            ReaderField field = columns[column];
            return (record, draft) => draft.Sequence = field.Integer(record, draft);
        });
    }

    /// <summary>Names texts that stand for a missing value besides blank ones, such as "NULL" or "NA".</summary>
    /// <param name="texts">The texts, compared ordinally.</param>
    public ReaderMapping Missing(params string[] texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _missingTexts.AddRange(texts);
        return this;
    }

    /// <summary>Binds to the columns of a reader.</summary>
    /// <exception cref="DataFormatException">A column is not there, or occurs twice.</exception>
    internal Action<IDataRecord, RowDraft>[] Bind(IDataRecord record, string source)
    {
        ReaderColumns columns = new(record, source, _missingTexts);
        return [.. _bindings.Select(bind => bind(columns))];
    }

    private ReaderMapping Entity(KeyColumns key)
    {
        Shape.HasEntity = true;
        Shape.EntityColumn = key.Columns is [var only] ? only.Column : null;
        return Bind(columns =>
        {
            Func<IDataRecord, RowDraft, EntityKey> read = key.Bind(columns, BadRowReason.EntityMissing);
            return (record, draft) => draft.Entity = read(record, draft);
        });
    }

    private ReaderMapping EventTime(TimeFormat format)
    {
        Shape.HasTime = true;
        return Bind(columns =>
        {
            ReaderField field = columns[format.Column];
            return (record, draft) => draft.EventTicks = field.Time(record, format, Shape.Zone, draft);
        });
    }

    private ReaderMapping KnownTime(TimeFormat format)
    {
        Shape.HasKnownTime = true;
        return Bind(columns =>
        {
            ReaderField field = columns[format.Column];
            return (record, draft) => draft.KnownTicks = field.Time(record, format, Shape.Zone, draft);
        });
    }

    private ReaderMapping Bind(Func<ReaderColumns, Action<IDataRecord, RowDraft>> binding)
    {
        _bindings.Add(binding);
        return this;
    }
}
