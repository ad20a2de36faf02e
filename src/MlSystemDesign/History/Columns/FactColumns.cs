using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>Rows of a source in columns: what Parquet, Arrow and arrays hold, without an object per row.</summary>
/// <remarks>
/// <para>The columns are read in place when the history is built, and never changed; do not write to them until then. Every column has one value per row. A missing key or time
/// is a bad row under the mapping's <see cref="BadRows"/> policy; a missing number is NaN.</para>
/// <para>Give it to <see cref="HistoryBuilder.AddEvents(string, FactColumns, Action{ColumnsMapping}?)"/>. All batches of one source have the same columns, in the same order; their
/// dictionaries may differ. Not safe for concurrent use.</para>
/// </remarks>
/// <example><code>
/// FactColumns orders = new FactColumns(ids.Length).Entity(ids).Time(utcTicks).Number("amount", amounts, "EUR").Category("kind", kinds, ["book", "music"]);
/// IngestResult ingest = new HistoryBuilder().AddEvents("purchases", orders).Build();
/// </code></example>
public sealed class FactColumns
{
    private readonly List<ValueColumn> _values = [];
    private Dictionary<int, RowFault>? _faults;

    /// <summary>Starts a batch.</summary>
    /// <param name="count">The number of rows, from 0.</param>
    public FactColumns(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; }

    internal KeyColumn? EntityColumn { get; private set; }

    internal TimeColumn? TimeColumn { get; private set; }

    internal TimeColumn? KnownColumn { get; private set; }

    internal KeyColumn? EventKeyColumn { get; private set; }

    internal ReadOnlyMemory<long>? SequenceColumn { get; private set; }

    internal ReadOnlyMemory<bool>? RetractedColumn { get; private set; }

    internal IReadOnlyList<ValueColumn> Values => _values;

    /// <summary>Sets the entities: integers.</summary>
    /// <param name="keys">One per row.</param>
    public FactColumns Entity(ReadOnlyMemory<long> keys) => Entity(new IntegerKeyColumn(keys), keys.Length);

    /// <summary>Sets the entities: texts.</summary>
    /// <param name="keys">One per row; <see langword="null"/> or blank is a bad row.</param>
    public FactColumns Entity(IReadOnlyList<string?> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Entity(new TextKeyColumn(keys), keys.Count);
    }

    /// <summary>Sets the entities: keys of any kind.</summary>
    /// <param name="keys">One per row; the default key, an empty text, is a bad row.</param>
    public FactColumns Entity(ReadOnlyMemory<EntityKey> keys) => Entity(new PlainKeyColumn(keys), keys.Length);

    /// <summary>Sets the entities: codes into a dictionary.</summary>
    /// <param name="codes">One per row, a position in <paramref name="keys"/>; negative is missing, a bad row.</param>
    /// <param name="keys">The dictionary.</param>
    public FactColumns Entity(ReadOnlyMemory<int> codes, IReadOnlyList<EntityKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Entity(new DictionaryKeyColumn(codes, keys), codes.Length);
    }

    /// <summary>Sets the event times.</summary>
    /// <param name="utcTicks">One per row, in ticks of 100 ns since 0001-01-01 UTC, as <see cref="DateTimeOffset.UtcTicks"/>.</param>
    /// <param name="valid">One per row, false where the time is missing, a bad row; empty when none is.</param>
    public FactColumns Time(ReadOnlyMemory<long> utcTicks, ReadOnlyMemory<bool> valid = default) => Time(new TickColumn(Checked(utcTicks, "times"), null, Mask(valid)));

    /// <summary>Sets the event times.</summary>
    /// <param name="values">One per row, counted from 1970-01-01T00:00:00Z. They are read in place: no copy in ticks is made.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="valid">One per row, false where the time is missing, a bad row; empty when none is.</param>
    public FactColumns Time(ReadOnlyMemory<long> values, EpochUnit unit, ReadOnlyMemory<bool> valid = default) => Time(new TickColumn(Checked(values, "times"), unit, Mask(valid)));

    /// <summary>Sets the event times.</summary>
    /// <param name="instants">One per row.</param>
    /// <param name="valid">One per row, false where the time is missing, a bad row; empty when none is.</param>
    public FactColumns Time(ReadOnlyMemory<DateTimeOffset> instants, ReadOnlyMemory<bool> valid = default) => Time(new InstantColumn(Checked(instants, "times"), Mask(valid)));

    /// <summary>Sets the event times.</summary>
    /// <param name="times">One per row. A time of unspecified kind is read in the zone; one of kind Local is a bad row, because it depends on the machine.</param>
    /// <param name="zone">The zone; the mapping's by default, and UTC if it states none.</param>
    /// <param name="valid">One per row, false where the time is missing, a bad row; empty when none is.</param>
    public FactColumns Time(ReadOnlyMemory<DateTime> times, TimeZoneInfo? zone = null, ReadOnlyMemory<bool> valid = default) =>
        Time(new ClockColumn(Checked(times, "times"), zone, Mask(valid)));

    /// <summary>Sets the event times: texts.</summary>
    /// <param name="texts">One per row; <see langword="null"/> or blank is missing, a bad row. A text without a zone is read in the mapping's, and in UTC if it states none.</param>
    /// <param name="format">A .NET format such as <c>dd/MM/yyyy HH:mm</c>; ISO 8601 by default.</param>
    public FactColumns Time(IReadOnlyList<string?> texts, string? format = null) => Time(TextTimes(texts, format, "times"));

    /// <summary>Sets the times from which the facts could be known. They may lie before the events: announcements do.</summary>
    /// <param name="utcTicks">One per row, in UTC ticks.</param>
    /// <param name="valid">One per row, false where the time is missing, a bad row; empty when none is.</param>
    public FactColumns KnownTime(ReadOnlyMemory<long> utcTicks, ReadOnlyMemory<bool> valid = default) => KnownTime(new TickColumn(Checked(utcTicks, "known times"), null, Mask(valid)));

    /// <summary>Sets the times from which the facts could be known. They may lie before the events.</summary>
    /// <param name="values">One per row, counted from 1970-01-01T00:00:00Z. They are read in place: no copy in ticks is made.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="valid">One per row, false where the time is missing, a bad row; empty when none is.</param>
    public FactColumns KnownTime(ReadOnlyMemory<long> values, EpochUnit unit, ReadOnlyMemory<bool> valid = default) => KnownTime(new TickColumn(Checked(values, "known times"), unit, Mask(valid)));

    /// <summary>Sets the times from which the facts could be known.</summary>
    /// <param name="instants">One per row.</param>
    /// <param name="valid">One per row, false where the time is missing, a bad row; empty when none is.</param>
    public FactColumns KnownTime(ReadOnlyMemory<DateTimeOffset> instants, ReadOnlyMemory<bool> valid = default) =>
        KnownTime(new InstantColumn(Checked(instants, "known times"), Mask(valid)));

    /// <summary>Sets the times from which the facts could be known.</summary>
    /// <param name="times">One per row, read as the event times are.</param>
    /// <param name="zone">The zone; the mapping's by default, and UTC if it states none.</param>
    /// <param name="valid">One per row, false where the time is missing, a bad row; empty when none is.</param>
    public FactColumns KnownTime(ReadOnlyMemory<DateTime> times, TimeZoneInfo? zone = null, ReadOnlyMemory<bool> valid = default) =>
        KnownTime(new ClockColumn(Checked(times, "known times"), zone, Mask(valid)));

    /// <summary>Sets the times from which the facts could be known: texts.</summary>
    /// <param name="texts">One per row, read as the event times are.</param>
    /// <param name="format">A .NET format; ISO 8601 by default.</param>
    public FactColumns KnownTime(IReadOnlyList<string?> texts, string? format = null) => KnownTime(TextTimes(texts, format, "known times"));

    /// <summary>Adds a number column.</summary>
    /// <param name="name">Unique within the source.</param>
    /// <param name="values">One per row; NaN is missing, infinity is a bad row.</param>
    /// <param name="unit">The unit, such as "EUR".</param>
    public FactColumns Number(string name, ReadOnlyMemory<double> values, string? unit = null) => Value(new NumberColumn(name, unit, Checked(values, $"numbers in '{name}'")));

    /// <summary>Adds a category column: codes into a dictionary.</summary>
    /// <param name="name">Unique within the source.</param>
    /// <param name="codes">One per row, a position in <paramref name="levels"/>; negative is missing, one beyond its end a bad row.</param>
    /// <param name="levels">The texts; a text may occur more than once, and an empty one is missing.</param>
    public FactColumns Category(string name, ReadOnlyMemory<int> codes, IReadOnlyList<string> levels) =>
        Value(new CodeValueColumn(name, Checked(codes, $"codes in '{name}'"), levels));

    /// <summary>Adds a category column: small codes into a dictionary.</summary>
    /// <param name="name">Unique within the source.</param>
    /// <param name="codes">One per row, a position in <paramref name="levels"/>; 255 is missing, another one beyond its end a bad row.</param>
    /// <param name="levels">At most 255 texts; an empty one is missing.</param>
    public FactColumns Category(string name, ReadOnlyMemory<byte> codes, IReadOnlyList<string> levels) =>
        Value(new ByteValueColumn(name, Checked(codes, $"codes in '{name}'"), levels));

    /// <summary>Adds a category column: texts.</summary>
    /// <param name="name">Unique within the source.</param>
    /// <param name="texts">One per row; <see langword="null"/> or empty is missing.</param>
    public FactColumns Category(string name, IReadOnlyList<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        RequireLength(texts.Count, $"texts in '{name}'");
        return Value(new TextValueColumn(name, texts));
    }

    /// <summary>Sets the event keys: rows with the same key are versions of one event; see <see cref="ObjectMapping{T}.EventKey(Func{T, EntityKey?})"/>.</summary>
    /// <param name="keys">One per row.</param>
    public FactColumns EventKey(ReadOnlyMemory<long> keys) => EventKey(new IntegerKeyColumn(keys), keys.Length);

    /// <summary>Sets the event keys: texts.</summary>
    /// <param name="keys">One per row; <see langword="null"/> or blank is a bad row.</param>
    public FactColumns EventKey(IReadOnlyList<string?> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return EventKey(new TextKeyColumn(keys), keys.Count);
    }

    /// <summary>Sets the event keys: keys of any kind.</summary>
    /// <param name="keys">One per row; the default key, an empty text, is a bad row.</param>
    public FactColumns EventKey(ReadOnlyMemory<EntityKey> keys) => EventKey(new PlainKeyColumn(keys), keys.Length);

    /// <summary>Sets the source's own sequence numbers, which order facts of one event time and known time; the greater is the newer.</summary>
    /// <param name="numbers">One per row.</param>
    public FactColumns Sequence(ReadOnlyMemory<long> numbers)
    {
        RequireNew(SequenceColumn, "sequence numbers");
        SequenceColumn = Checked(numbers, "sequence numbers");
        return this;
    }

    /// <summary>Marks retractions: rows that say that the event with their key is not to be counted from their known time on. Requires an event key.</summary>
    /// <param name="isRetracted">One per row.</param>
    public FactColumns Retracted(ReadOnlyMemory<bool> isRetracted)
    {
        RequireNew(RetractedColumn, "retractions");
        RetractedColumn = Checked(isRetracted, "marks of retractions");
        return this;
    }

    /// <summary>Marks a row that whoever filled the columns could not read: it is a bad row under the mapping's policy, whatever its columns hold.</summary>
    /// <param name="row">The row of the batch, from 0.</param>
    /// <param name="reason">Why it cannot be used.</param>
    /// <param name="column">The column, if it is one.</param>
    /// <param name="came">What stood there, in words after "Got", such as "'n/a'".</param>
    /// <remarks>Of several marks on one row the first one holds.</remarks>
    public FactColumns BadRow(int row, BadRowReason reason, string? column, string came)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        ArgumentException.ThrowIfNullOrWhiteSpace(came);
        (_faults ??= []).TryAdd(row, new RowFault(reason, column, came));
        return this;
    }

    /// <summary>Gives rows that were marked as bad −1.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="ids">One place per row from there on.</param>
    internal void MarkFaults(int start, Span<int> ids)
    {
        for (int i = 0; i < ids.Length && _faults is not null; i++)
        {
            ids[i] = _faults.ContainsKey(start + i) ? -1 : ids[i];
        }
    }

    internal RowFault? FaultOf(int row) => _faults is not null && _faults.TryGetValue(row, out RowFault fault) ? fault : null;

    private static void RequireNew(object? present, string what)
    {
        if (present is not null)
        {
            throw new InvalidOperationException($"A batch must have its {what} once. Got them twice. Drop one of the calls.");
        }
    }

    private FactColumns Entity(KeyColumn keys, int count)
    {
        RequireLength(count, "entities");
        RequireNew(EntityColumn, "entities");
        EntityColumn = keys;
        return this;
    }

    private FactColumns EventKey(KeyColumn keys, int count)
    {
        RequireLength(count, "event keys");
        RequireNew(EventKeyColumn, "event keys");
        EventKeyColumn = keys;
        return this;
    }

    private FactColumns Time(TimeColumn times)
    {
        RequireNew(TimeColumn, "times");
        TimeColumn = times;
        return this;
    }

    private FactColumns KnownTime(TimeColumn times)
    {
        RequireNew(KnownColumn, "known times");
        KnownColumn = times;
        return this;
    }

    private FactColumns Value(ValueColumn column)
    {
        _values.Add(column);
        return this;
    }

    private TextTimeColumn TextTimes(IReadOnlyList<string?> texts, string? format, string what)
    {
        ArgumentNullException.ThrowIfNull(texts);
        RequireLength(texts.Count, what);
        return new TextTimeColumn(texts, format);
    }

    private ReadOnlyMemory<T> Checked<T>(ReadOnlyMemory<T> column, string what)
    {
        RequireLength(column.Length, what);
        return column;
    }

    private ReadOnlyMemory<bool> Mask(ReadOnlyMemory<bool> valid)
    {
        if (!valid.IsEmpty)
        {
            RequireLength(valid.Length, "marks of valid times");
        }

        return valid;
    }

    private void RequireLength(int length, string what)
    {
        if (length != Count)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Each column must have one value per row ({Count}). Got {length} {what}. Slice the arrays to the number of rows."));
        }
    }
}
