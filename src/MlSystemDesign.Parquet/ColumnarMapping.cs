using System.Globalization;
using System.Runtime.CompilerServices;
using MlSystemDesign.History;
using MlSystemDesign.Parquet.Blocks;

namespace MlSystemDesign.Parquet;

/// <summary>Says by column names how the rows of a Parquet file, or of Arrow record batches, become facts. Only the columns that are named are read.</summary>
/// <remarks>Types are taken as stored: nothing is guessed from text. A missing key or time is a bad row, a missing number is NaN, a missing or blank text is a missing category.
/// A column that has not a type for its role is a <see cref="DataFormatException"/> under every policy.</remarks>
public sealed class ColumnarMapping
{
    private readonly List<Action<BlockSource, FactColumns>> _readers = [];
    private readonly List<Action<ColumnsMapping>> _settings = [];
    private readonly HashSet<string> _missingTexts = new(StringComparer.Ordinal);
    private readonly List<string> _declared = [];

    internal ColumnarMapping()
    {
    }

    /// <summary>Gets what was declared, in words: equal mappings have equal words, except that of code they only say that it is there.</summary>
    internal IReadOnlyList<string> Declared => _declared;

    /// <summary>Gets about how many bytes a row takes in memory in the widest form of its columns.</summary>
    internal int BytesPerRow { get; private set; } = sizeof(int);

    /// <summary>Gets a value indicating whether rows are versions of events.</summary>
    internal bool HasEventKey { get; private set; }

    /// <summary>Gets the texts that stand for a missing value.</summary>
    internal IReadOnlySet<string> MissingTexts => _missingTexts;

    /// <summary>Maps the entity: one column, or several for a composite key. The kind of key follows from the column's type: text, integer or GUID.</summary>
    /// <param name="columns">Column names.</param>
    public ColumnarMapping Entity(params string[] columns) => Read(KeyMapping.Of(columns).AddEntities, Words(columns), bytes: 0);

    /// <summary>Maps the entity to one column with a stated kind of key, whatever the column's type: so that integers join a source whose keys are texts.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="kind">Text, integer or GUID; a value that is none is a bad row.</param>
    public ColumnarMapping Entity(string column, EntityKeyKind kind) => Read(KeyMapping.Of(column, kind).AddEntities, $"{Words([column])} as {kind}", bytes: 0);

    /// <summary>Maps the event time: a timestamp of any unit, a date (its midnight), or text in ISO 8601.</summary>
    /// <param name="column">The column's name. Timestamps that are not adjusted to UTC, dates, and texts without a zone are read in the mapping's zone.</param>
    /// <param name="format">A .NET format for text that is not ISO 8601.</param>
    public ColumnarMapping Time(string column, string? format = null) => ReadTime(column, TimeRole.Event, format);

    /// <summary>Maps the event time to a column of whole numbers: seconds since 1970, days since some origin.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="read">Turns the number into an instant; <see langword="null"/> is a bad row, and so is a number that it throws on.</param>
    public ColumnarMapping Time(string column, Func<long, DateTimeOffset?> read) => ReadTime(column, TimeRole.Event, read);

    /// <summary>Maps the time from which the fact could be known. It may lie before the event: announcements do.</summary>
    /// <param name="column">The column's name; a missing value is a bad row.</param>
    /// <param name="format">A .NET format for text that is not ISO 8601.</param>
    public ColumnarMapping KnownTime(string column, string? format = null) => ReadTime(column, TimeRole.Known, format);

    /// <summary>Maps the time from which the fact could be known to a column of whole numbers.</summary>
    /// <param name="column">The column's name; a missing value is a bad row.</param>
    /// <param name="read">Turns the number into an instant; <see langword="null"/> is a bad row.</param>
    public ColumnarMapping KnownTime(string column, Func<long, DateTimeOffset?> read) => ReadTime(column, TimeRole.Known, read);

    /// <summary>Maps a number column: integers, floating point numbers, decimals (to the nearest double) or booleans (1 and 0).</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="unit">The unit, such as "EUR".</param>
    /// <param name="name">The name in the history; the column's by default.</param>
    public ColumnarMapping Number(string column, string? unit = null, string? name = null) =>
        Read((blocks, batch) => batch.Number(name ?? column, blocks[column].Numbers(), unit), Words([column, unit, name]), sizeof(double));

    /// <summary>Maps a category column: texts, integers, booleans ("True" and "False") or GUIDs.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="name">The name in the history; the column's by default.</param>
    public ColumnarMapping Category(string column, string? name = null) =>
        Read((blocks, batch) => blocks[column].AddCategory(batch, name ?? column), Words([column, name]), sizeof(int));

    /// <summary>Declares that rows with the same key are versions of one event: each holds from its own known time until the next becomes known. Versions known at the same time stand
    /// in the order of the sequence, then of time and values; the last one holds.</summary>
    /// <param name="columns">The columns that make the key, unique to the event within the source.</param>
    /// <remarks>Without an event key equal rows are different events. Versions may differ in everything, time and entity included.</remarks>
    public ColumnarMapping EventKey(params string[] columns)
    {
        HasEventKey = true;
        return Read(KeyMapping.Of(columns).AddEventKeys, Words(columns), bytes: 40); // the key and its place in an index
    }

    /// <summary>Maps retractions: rows that say that the event with their key is not to be counted from their known time on. Requires an event key.</summary>
    /// <param name="column">A column of booleans, or of the integers or texts 1 and 0, true and false; a missing value is no retraction, anything else is a bad row.</param>
    /// <remarks>Of a row and a retraction that are known at the same time with the same sequence number, the retraction holds. A later version brings the event back.</remarks>
    public ColumnarMapping Retracted(string column) => Read((blocks, batch) => batch.Retracted(blocks[column].Flags(batch)), Words([column]), sizeof(bool));

    /// <summary>Maps the source's own sequence number, which orders facts of one event time and known time; the greater is the newer.</summary>
    /// <param name="column">A column of integers.</param>
    public ColumnarMapping Sequence(string column) =>
        Read((blocks, batch) => batch.Sequence(blocks[column].Integers(batch, BadRowReason.SequenceUnreadable)), Words([column]), sizeof(long));

    /// <summary>Names texts that stand for a missing value besides blank ones, such as "NULL" or "NA".</summary>
    /// <param name="texts">The texts, compared ordinally.</param>
    public ColumnarMapping Missing(params string[] texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _missingTexts.UnionWith(texts);
        return Declare(Words(texts), nameof(Missing));
    }

    /// <summary>States the fixed delay after which a fact is known. Zero by default.</summary>
    /// <param name="delay">Zero or positive.</param>
    public ColumnarMapping KnownAfter(TimeSpan delay) => Set(m => m.KnownAfter(delay), delay.ToString("c", CultureInfo.InvariantCulture));

    /// <summary>States the first instant that the source has watched. By default the time of the first event, which the ingest report says.</summary>
    /// <param name="instant">The first instant inside.</param>
    public ColumnarMapping ObservedFrom(DateTimeOffset instant) => Set(m => m.ObservedFrom(instant), instant.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>States the first instant that the source has no longer watched. By default just after the last event, or the end of its day when all times are whole days.</summary>
    /// <param name="instant">The first instant outside.</param>
    public ColumnarMapping ObservedUntil(DateTimeOffset instant) => Set(m => m.ObservedUntil(instant), instant.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>States what happens to rows that cannot be used. The first one fails the ingest by default.</summary>
    /// <param name="policy">Fail, or skip and report. Rows are counted from 1 over all files or batches of the call.</param>
    public ColumnarMapping OnBadRows(BadRows policy) => Set(m => m.OnBadRows(policy), policy.ToString());

    /// <summary>States the zone of times that carry none. UTC by default, which the ingest report says.</summary>
    /// <param name="zone">The zone. Of a local time that happens twice the standard time is taken, the later instant; one that never happens is a bad row.</param>
    public ColumnarMapping InZone(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Set(m => m.InZone(zone), zone.ToSerializedString()); // with its rules, which updates of the system change
    }

    internal static ColumnarMapping Of(Action<ColumnarMapping> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        ColumnarMapping mapping = new();
        map(mapping);
        return mapping;
    }

    /// <summary>Turns some rows into a batch.</summary>
    /// <exception cref="DataFormatException">A column is not there, occurs twice, or has not a type for its role.</exception>
    internal FactColumns Read(BlockSource blocks)
    {
        FactColumns batch = new(blocks.Count);
        foreach (Action<BlockSource, FactColumns> reader in _readers)
        {
            reader(blocks, batch);
        }

        return batch;
    }

    /// <summary>Hands on what holds for the source as a whole.</summary>
    internal void Apply(ColumnsMapping source)
    {
        foreach (Action<ColumnsMapping> setting in _settings)
        {
            setting(source);
        }
    }

    private static string Words(IEnumerable<string?> words) => string.Join(',', words.Select(word => word is null ? "-" : $"'{word.Replace("'", "''", StringComparison.Ordinal)}'"));

    private ColumnarMapping ReadTime(string column, TimeRole role, string? format) =>
        Read((blocks, batch) => blocks[column].AddTime(batch, role, format), Words([column, format]), sizeof(long), role.ToString());

    private ColumnarMapping ReadTime(string column, TimeRole role, Func<long, DateTimeOffset?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Read((blocks, batch) => NumberedTimes.Add(blocks[column], batch, role, read), $"{Words([column])} by code", sizeof(long), role.ToString());
    }

    private ColumnarMapping Read(Action<BlockSource, FactColumns> reader, string words, int bytes, [CallerMemberName] string what = "")
    {
        _readers.Add(reader);
        BytesPerRow += bytes;
        return Declare(words, what);
    }

    private ColumnarMapping Set(Action<ColumnsMapping> setting, string words, [CallerMemberName] string what = "")
    {
        _settings.Add(setting);
        return Declare(words, what);
    }

    private ColumnarMapping Declare(string words, string what)
    {
        _declared.Add($"{what}({words})");
        return this;
    }
}
