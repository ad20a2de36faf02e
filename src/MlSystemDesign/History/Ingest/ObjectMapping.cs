using System.Runtime.InteropServices;

namespace MlSystemDesign.History;

/// <summary>Says how an object becomes a fact.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class ObjectMapping<T> : SourceMapping<ObjectMapping<T>>
{
    private readonly List<Action<T, RowDraft>> _readers = [];

    internal ObjectMapping()
    {
    }

    /// <summary>Maps the entity.</summary>
    /// <param name="entity">Gives the key; <see langword="null"/> or empty is a bad row.</param>
    public ObjectMapping<T> Entity(Func<T, string?> entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return Entity(row => string.IsNullOrWhiteSpace(entity(row)) ? null : (EntityKey?)new EntityKey(entity(row)!));
    }

    /// <summary>Maps the entity: an integer, a GUID, or a composite key.</summary>
    /// <param name="entity">Gives the key; <see langword="null"/> is a bad row.</param>
    public ObjectMapping<T> Entity(Func<T, EntityKey?> entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        Shape.HasEntity = true;
        return Read("entity", (row, draft) =>
        {
            if (entity(row) is { } key)
            {
                draft.Entity = key;
            }
            else
            {
                draft.Fail(BadRowReason.EntityMissing, null, "none");
            }
        });
    }

    /// <summary>Maps the event time.</summary>
    /// <param name="time">Gives the instant; <see langword="null"/> is a bad row.</param>
    public ObjectMapping<T> Time(Func<T, DateTimeOffset?> time) => ReadEventTime(Instant(time, "time"));

    /// <summary>Maps the event time. A time of unspecified kind is read in the mapping's zone; one of kind Local is a bad row, because it depends on the machine.</summary>
    /// <param name="time">Gives the time; <see langword="null"/> is a bad row.</param>
    public ObjectMapping<T> Time(Func<T, DateTime?> time) => ReadEventTime(Clock(time, "time"));

    /// <summary>Maps the event day: midnight in the mapping's zone.</summary>
    /// <param name="day">Gives the day; <see langword="null"/> is a bad row.</param>
    public ObjectMapping<T> Time(Func<T, DateOnly?> day) => ReadEventTime(Clock(Midnight(day), "time"));

    /// <summary>Maps the time from which the fact could be known. It may lie before the event: announcements do.</summary>
    /// <param name="time">Gives the instant; <see langword="null"/> is a bad row.</param>
    public ObjectMapping<T> KnownTime(Func<T, DateTimeOffset?> time) => ReadKnownTime(Instant(time, "known time"));

    /// <summary>Maps the time from which the fact could be known.</summary>
    /// <param name="time">Gives the time, read as <see cref="Time(Func{T, DateTime?})"/> does; <see langword="null"/> is a bad row.</param>
    public ObjectMapping<T> KnownTime(Func<T, DateTime?> time) => ReadKnownTime(Clock(time, "known time"));

    /// <summary>Maps the day from whose midnight the fact could be known.</summary>
    /// <param name="day">Gives the day; <see langword="null"/> is a bad row.</param>
    public ObjectMapping<T> KnownTime(Func<T, DateOnly?> day) => ReadKnownTime(Clock(Midnight(day), "known time"));

    /// <summary>Maps a number column.</summary>
    /// <param name="name">Unique within the source.</param>
    /// <param name="value">Gives the number; <see langword="null"/> or NaN is missing, infinity is a bad row.</param>
    /// <param name="unit">The unit, such as "EUR".</param>
    public ObjectMapping<T> Number(string name, Func<T, double?> value, string? unit = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        int column = Shape.AddColumn(name, ColumnKind.Number, unit);
        return Read(name, (row, draft) =>
        {
            double number = value(row) ?? double.NaN;
            if (double.IsInfinity(number))
            {
                draft.Fail(BadRowReason.NumberInfinite, name, number > 0 ? "+infinity" : "-infinity");
            }

            draft.Numbers[column] = number;
        });
    }

    /// <summary>Maps a number column.</summary>
    /// <param name="name">Unique within the source.</param>
    /// <param name="value">Gives the number; <see langword="null"/> is missing.</param>
    /// <param name="unit">The unit, such as "EUR".</param>
    public ObjectMapping<T> Number(string name, Func<T, decimal?> value, string? unit = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Number(name, row => (double?)value(row), unit);
    }

    /// <summary>Maps a number column.</summary>
    /// <param name="name">Unique within the source.</param>
    /// <param name="value">Gives the number; <see langword="null"/> is missing.</param>
    /// <param name="unit">The unit, such as "items".</param>
    public ObjectMapping<T> Number(string name, Func<T, long?> value, string? unit = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Number(name, row => (double?)value(row), unit);
    }

    /// <summary>Maps a category column.</summary>
    /// <param name="name">Unique within the source.</param>
    /// <param name="value">Gives the text; <see langword="null"/> or empty is missing.</param>
    public ObjectMapping<T> Category(string name, Func<T, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int column = Shape.AddColumn(name, ColumnKind.Category, null);
        return Read(name, (row, draft) => draft.Texts[column] = value(row));
    }

    /// <summary>Declares that rows with the same key are versions of one event: each holds from its own known time until the next becomes known. Versions known at the same time stand
    /// in the order of the sequence, then of time and values; the last one holds.</summary>
    /// <param name="key">Gives a key that is unique to the event within the source; <see langword="null"/> is a bad row.</param>
    /// <remarks>Without an event key equal rows are different events. Versions may differ in everything, time and entity included.</remarks>
    public ObjectMapping<T> EventKey(Func<T, EntityKey?> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Shape.HasEventKey = true;
        return Read("event key", (row, draft) =>
        {
            if (key(row) is { } eventKey)
            {
                draft.EventKey = eventKey;
            }
            else
            {
                draft.Fail(BadRowReason.EventKeyMissing, null, "none");
            }
        });
    }

    /// <summary>Declares that rows with the same key are one event; see <see cref="EventKey(Func{T, EntityKey?})"/>.</summary>
    /// <param name="key">Gives the key; <see langword="null"/> or empty is a bad row.</param>
    public ObjectMapping<T> EventKey(Func<T, string?> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return EventKey(row => string.IsNullOrWhiteSpace(key(row)) ? null : (EntityKey?)new EntityKey(key(row)!));
    }

    /// <summary>Maps retractions: rows that say that the event with their key is not to be counted from their known time on. Requires an event key.</summary>
    /// <param name="isRetraction">Tells whether a row is one. Its entity and times must be there; its values do not matter.</param>
    /// <remarks>Of a row and a retraction that are known at the same time with the same sequence number, the retraction holds. A later version brings the event back.</remarks>
    public ObjectMapping<T> Retracted(Func<T, bool> isRetraction)
    {
        ArgumentNullException.ThrowIfNull(isRetraction);
        Shape.HasRetracted = true;
        return Read("retracted", (row, draft) => draft.Retracted = isRetraction(row));
    }

    /// <summary>Maps the source's own sequence number, which orders facts of one event time and known time.</summary>
    /// <param name="number">Gives the number; the greater is the newer.</param>
    public ObjectMapping<T> Sequence(Func<T, long> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        Shape.HasSequence = true;
        return Read("sequence", (row, draft) => draft.Sequence = number(row));
    }

    internal void ReadRow(T row, RowDraft draft) => draft.Read(CollectionsMarshal.AsSpan(_readers), row);

    private static Func<T, DateTime?> Midnight(Func<T, DateOnly?> day)
    {
        ArgumentNullException.ThrowIfNull(day);
        return row => day(row)?.ToDateTime(TimeOnly.MinValue);
    }

    private static Func<T, RowDraft, long> Instant(Func<T, DateTimeOffset?> time, string what)
    {
        ArgumentNullException.ThrowIfNull(time);
        return (row, draft) => time(row) is { } instant ? instant.UtcTicks : Missing(draft, what);
    }

    private static long Missing(RowDraft draft, string what)
    {
        draft.Fail(BadRowReason.TimeMissing, null, $"no {what}");
        return 0;
    }

    private Func<T, RowDraft, long> Clock(Func<T, DateTime?> time, string what)
    {
        ArgumentNullException.ThrowIfNull(time);
        return (row, draft) => time(row) is { } clock ? LocalTime.Resolve(clock, Shape.Zone, what, draft) : Missing(draft, what);
    }

    private ObjectMapping<T> ReadEventTime(Func<T, RowDraft, long> time)
    {
        Shape.HasTime = true;
        return Read("time", (row, draft) => draft.EventTicks = time(row, draft));
    }

    private ObjectMapping<T> ReadKnownTime(Func<T, RowDraft, long> time)
    {
        Shape.HasKnownTime = true;
        return Read("known time", (row, draft) => draft.KnownTicks = time(row, draft));
    }

    private ObjectMapping<T> Read(string column, Action<T, RowDraft> reader)
    {
        _readers.Add((row, draft) =>
        {
            draft.Column = column;
            reader(row, draft);
        });
        return this;
    }
}
