using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;

namespace MlSystemDesign.History;

/// <summary>Reads sources of facts into an <see cref="InMemoryHistory"/>.</summary>
/// <remarks>
/// <para>Add the sources, then build: rows are read at <see cref="Build"/> or <see cref="BuildAsync"/>, once, and nothing is written on failure. A source that is added twice
/// (two files of one log) gets the rows of both; its mappings must give the same columns. Not safe for concurrent use.</para>
/// <para>The order of the rows, the culture and the machine's time zone change no bit of the result. Cost: O(n log n) in the rows of an entity, O(n) otherwise.</para>
/// </remarks>
/// <example><code>
/// IngestResult ingest = new HistoryBuilder()
///     .AddEvents("purchases", orders, m => m.Entity(o => o.Customer).Time(o => o.At).Number("amount", o => o.Amount, "EUR"))
///     .AddAttributes("customers", customers, m => m.Entity(c => c.Id).Category("plan", c => c.Plan))
///     .Build();
/// </code></example>
public sealed class HistoryBuilder
{
    private readonly InMemoryHistory _past;
    private readonly List<RowFeed> _feeds = [];
    private int _degreeOfParallelism = Environment.ProcessorCount;
    private EntityPartition? _partition;

    /// <summary>Starts from nothing.</summary>
    public HistoryBuilder()
        : this(InMemoryHistory.Empty)
    {
    }

    /// <summary>Starts from a history: what is built holds its facts and the new ones. It is neither changed nor read again.</summary>
    /// <param name="past">The history to append to.</param>
    public HistoryBuilder(InMemoryHistory past)
    {
        ArgumentNullException.ThrowIfNull(past);
        _past = past;
    }

    /// <summary>States how many threads may sort at once. Every processor by default. Changes no bit.</summary>
    /// <param name="degree">From 1.</param>
    public HistoryBuilder WithDegreeOfParallelism(int degree)
    {
        if (degree < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(degree), $"The degree of parallelism must be at least 1. Got {degree}. Leave it out to use every processor.");
        }

        _degreeOfParallelism = degree;
        return this;
    }

    /// <summary>Returns the partition of an entity: the same in every process, on every machine.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="count">How many partitions there are, from 1.</param>
    public static int PartitionOf(EntityKey entity, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return EntityPartition.Of(entity, count);
    }

    /// <summary>Keeps the facts of one partition of the entities only, for a history that does not fit the memory: the sources are read to their end, and a batch at a time is in memory
    /// beside what is kept. Sources with event keys are refused, unless there is only one partition: see <see cref="PartitionAsync"/>. Observed spans, counts and skipped rows are those of all rows, and so is every feature of an entity of the partition, bit for bit.</summary>
    /// <param name="index">Which partition, from 0.</param>
    /// <param name="count">How many there are: see <see cref="PartitionOf"/>.</param>
    /// <exception cref="InvalidOperationException">The builder appends to a history.</exception>
    public HistoryBuilder OnlyPartition(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        if (_past.EntityCount > 0)
        {
            throw new InvalidOperationException("A partition must be built from its sources alone. Got a history to append to. Start from new HistoryBuilder().");
        }

        _partition = count == 1 ? null : new EntityPartition(index, count); // one partition is the whole
        return this;
    }

    /// <summary>Adds events from objects.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="source">The source's name, such as "purchases".</param>
    /// <param name="rows">One object per event, in any order.</param>
    /// <param name="map">Says which entity, time and values an object has.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public HistoryBuilder AddEvents<T>(string source, IEnumerable<T> rows, Action<ObjectMapping<T>> map) => AddObjects(source, SourceKind.Events, rows, map);

    /// <summary>Adds attributes from objects: properties of an entity of which the newest visible row holds.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="source">The source's name, such as "customers".</param>
    /// <param name="rows">One object per entity, or several with the time from which each holds.</param>
    /// <param name="map">Says which entity and values an object has. Without a time they hold from the beginning of time, and make no entity known.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public HistoryBuilder AddAttributes<T>(string source, IEnumerable<T> rows, Action<ObjectMapping<T>> map) => AddObjects(source, SourceKind.Attributes, rows, map);

    /// <summary>Adds events from objects that come asynchronously; build with <see cref="BuildAsync"/>.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="source">The source's name.</param>
    /// <param name="rows">One object per event, in any order.</param>
    /// <param name="map">Says which entity, time and values an object has.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public HistoryBuilder AddEvents<T>(string source, IAsyncEnumerable<T> rows, Action<ObjectMapping<T>> map) => AddAsyncObjects(source, SourceKind.Events, rows, map);

    /// <summary>Adds attributes from objects that come asynchronously; build with <see cref="BuildAsync"/>.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="source">The source's name.</param>
    /// <param name="rows">One object per entity, or several with the time from which each holds.</param>
    /// <param name="map">Says which entity and values an object has.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public HistoryBuilder AddAttributes<T>(string source, IAsyncEnumerable<T> rows, Action<ObjectMapping<T>> map) => AddAsyncObjects(source, SourceKind.Attributes, rows, map);

    /// <summary>Adds events from a reader, from where it stands to its end.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="reader">The rows. <see cref="BuildAsync"/> reads a <see cref="DbDataReader"/> asynchronously. The caller closes it.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public HistoryBuilder AddEvents(string source, IDataReader reader, Action<ReaderMapping> map) => AddReader(source, SourceKind.Events, reader, map);

    /// <summary>Adds attributes from a reader, from where it stands to its end.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="reader">The rows. The caller closes it.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public HistoryBuilder AddAttributes(string source, IDataReader reader, Action<ReaderMapping> map) => AddReader(source, SourceKind.Attributes, reader, map);

    /// <summary>Adds events from a reader that is opened when the history is built, and closed after it.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="open">Opens the reader: a file, a query.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public HistoryBuilder AddEvents(string source, Func<DbDataReader> open, Action<ReaderMapping> map) => AddReader(source, SourceKind.Events, open, map);

    /// <summary>Adds attributes from a reader that is opened when the history is built, and closed after it.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="open">Opens the reader.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public HistoryBuilder AddAttributes(string source, Func<DbDataReader> open, Action<ReaderMapping> map) => AddReader(source, SourceKind.Attributes, open, map);

    /// <summary>Adds events from columns in memory.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="columns">One value per event and column, in any order; not written to until the history is built.</param>
    /// <param name="map">Says what holds for the source as a whole: delay, span, zone, bad rows.</param>
    /// <exception cref="ArgumentException">The columns are incomplete or contradict themselves or the source that is there.</exception>
    [OverloadResolutionPriority(1)]
    public HistoryBuilder AddEvents(string source, FactColumns columns, Action<ColumnsMapping>? map = null) => AddColumns(source, SourceKind.Events, columns, map);

    /// <summary>Adds attributes from columns in memory.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="columns">One value per row and column; without times the rows hold from the beginning of time.</param>
    /// <param name="map">Says what holds for the source as a whole.</param>
    /// <exception cref="ArgumentException">The columns are incomplete or contradict themselves or the source that is there.</exception>
    [OverloadResolutionPriority(1)]
    public HistoryBuilder AddAttributes(string source, FactColumns columns, Action<ColumnsMapping>? map = null) => AddColumns(source, SourceKind.Attributes, columns, map);

    /// <summary>Adds events from batches of columns, such as the row groups of a file. They are asked for when the history is built, one after the other.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="batches">At least one batch; all have the same columns.</param>
    /// <param name="map">Says what holds for the source as a whole.</param>
    /// <remarks>Whether the columns fit the source is found when the first batch is there: at <see cref="Build"/>.</remarks>
    [OverloadResolutionPriority(1)]
    public HistoryBuilder AddEvents(string source, IEnumerable<FactColumns> batches, Action<ColumnsMapping>? map = null) => AddColumns(source, SourceKind.Events, batches, map);

    /// <summary>Adds attributes from batches of columns. They are asked for when the history is built, one after the other.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="batches">At least one batch; all have the same columns.</param>
    /// <param name="map">Says what holds for the source as a whole.</param>
    [OverloadResolutionPriority(1)]
    public HistoryBuilder AddAttributes(string source, IEnumerable<FactColumns> batches, Action<ColumnsMapping>? map = null) => AddColumns(source, SourceKind.Attributes, batches, map);

    /// <summary>Adds events from batches of columns that come asynchronously; build with <see cref="BuildAsync"/>.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="batches">At least one batch; all have the same columns.</param>
    /// <param name="map">Says what holds for the source as a whole.</param>
    [OverloadResolutionPriority(1)]
    public HistoryBuilder AddEvents(string source, IAsyncEnumerable<FactColumns> batches, Action<ColumnsMapping>? map = null) => AddColumns(source, SourceKind.Events, batches, map);

    /// <summary>Adds attributes from batches of columns that come asynchronously; build with <see cref="BuildAsync"/>.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="batches">At least one batch; all have the same columns.</param>
    /// <param name="map">Says what holds for the source as a whole.</param>
    [OverloadResolutionPriority(1)]
    public HistoryBuilder AddAttributes(string source, IAsyncEnumerable<FactColumns> batches, Action<ColumnsMapping>? map = null) =>
        AddColumns(source, SourceKind.Attributes, batches, map);

    /// <summary>Reads every source and builds the history.</summary>
    /// <exception cref="DataFormatException">A row is bad under a policy that fails, a column is not there, or a source is empty.</exception>
    /// <exception cref="InvalidOperationException">A source is an <see cref="IAsyncEnumerable{T}"/>.</exception>
    public IngestResult Build()
    {
        IngestPace pace = new(null, CancellationToken.None);
        IngestRun run = new(_past, new Workers(_degreeOfParallelism, CancellationToken.None), _partition);
        foreach (RowFeed feed in _feeds)
        {
            feed.Read(run, pace);
        }

        return run.Complete();
    }

    /// <summary>Reads every source and builds the history.</summary>
    /// <param name="progress">Gets the number of rows read so far, over all sources.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DataFormatException">A row is bad under a policy that fails, or a source is empty.</exception>
    public async Task<IngestResult> BuildAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        IngestPace pace = new(progress, cancellationToken);
        IngestRun run = new(_past, new Workers(_degreeOfParallelism, cancellationToken), _partition);
        foreach (RowFeed feed in _feeds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await feed.ReadAsync(run, pace).ConfigureAwait(false);
        }

        pace.Finish();
        return run.Complete();
    }

    /// <summary>Reads every source once and writes its facts to a folder, partition by partition of the entities, for a history that does not fit the memory. Beside one batch of rows, memory
    /// holds about 60 bytes per entity while it reads. Facts whose event has versions in several partitions are written to each of these, so that corrections that move an event to another entity count
    /// as they do in memory; to find them, 24 bytes for each fact with an event key of about one partition are in memory at a time.</summary>
    /// <param name="folder">Where to; it takes 12 bytes a fact, 8 more for each number, known time, sequence number and integer event key (other keys: their text, 2 bytes a character), and 4 for each
    /// category; until it is complete, 24 more for each fact with an event key. What a partitioned history there held is replaced.</param>
    /// <param name="count">How many partitions, from 1; see <see cref="PartitionOf"/>.</param>
    /// <param name="tag">What the facts depend on, in words of the caller's: <see cref="PartitionedHistory.TryOpen"/> opens them for the same words only.</param>
    /// <param name="progress">Gets the number of rows read so far, over all sources.</param>
    /// <param name="cancellationToken">Stops the work; nothing half-written stays.</param>
    /// <exception cref="DataFormatException">A row is bad under a policy that fails, or a source is empty.</exception>
    /// <exception cref="InvalidOperationException">The builder appends to a history.</exception>
    /// <exception cref="IOException">The facts cannot be written; nothing half-written stays.</exception>
    public async Task<PartitionedHistory> PartitionAsync(string folder, int count, string tag, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(tag);
        OnlyPartition(0, count); // for its checks
        _partition = null;
        IngestPace pace = new(progress, cancellationToken);
        using PartitionWriter writer = new(folder, count, tag);
        IngestRun run = new(_past, new Workers(_degreeOfParallelism, cancellationToken), null, writer);
        foreach (RowFeed feed in _feeds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await feed.ReadAsync(run, pace).ConfigureAwait(false);
        }

        pace.Finish();
        writer.Complete(run.CompleteWriting());
        return PartitionedHistory.TryOpen(folder, tag)
            ?? throw new IOException($"The facts that were just written must be there. Got none in '{folder}'. Give each history a folder of its own.");
    }

    internal HistoryBuilder Add(RowFeed feed)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(feed.Source);
        if (feed.KnowsShape)
        {
            RowFeed? twin = _feeds.Find(f => f.KnowsShape && string.Equals(f.Source, feed.Source, StringComparison.Ordinal));
            feed.RequireFit(_past.Find(feed.Source), twin?.Shape);
        }

        _feeds.Add(feed);
        return this;
    }

    private HistoryBuilder AddObjects<T>(string source, SourceKind kind, IEnumerable<T> rows, Action<ObjectMapping<T>> map)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Add(new ObjectFeed<T>(source, kind, rows, Mapped(map)));
    }

    private HistoryBuilder AddAsyncObjects<T>(string source, SourceKind kind, IAsyncEnumerable<T> rows, Action<ObjectMapping<T>> map)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Add(new AsyncObjectFeed<T>(source, kind, rows, Mapped(map)));
    }

    private HistoryBuilder AddColumns(string source, SourceKind kind, FactColumns columns, Action<ColumnsMapping>? map)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Add(new ColumnsFeed(source, kind, columns, Mapped(map)));
    }

    private HistoryBuilder AddColumns(string source, SourceKind kind, IEnumerable<FactColumns> batches, Action<ColumnsMapping>? map)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return Add(new ColumnsFeed(source, kind, batches, Mapped(map)));
    }

    private HistoryBuilder AddColumns(string source, SourceKind kind, IAsyncEnumerable<FactColumns> batches, Action<ColumnsMapping>? map)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return Add(new ColumnsFeed(source, kind, batches, Mapped(map)));
    }

    private HistoryBuilder AddReader(string source, SourceKind kind, IDataReader reader, Action<ReaderMapping> map)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Add(new ReaderFeed(source, kind, reader, Mapped(map)));
    }

    private HistoryBuilder AddReader(string source, SourceKind kind, Func<DbDataReader> open, Action<ReaderMapping> map)
    {
        ArgumentNullException.ThrowIfNull(open);
        return Add(new ReaderFeed(source, kind, open, Mapped(map)));
    }

    private static ColumnsMapping Mapped(Action<ColumnsMapping>? map)
    {
        ColumnsMapping mapping = new();
        map?.Invoke(mapping);
        return mapping;
    }

    private static ReaderMapping Mapped(Action<ReaderMapping> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        ReaderMapping mapping = new();
        map(mapping);
        return mapping;
    }

    private static ObjectMapping<T> Mapped<T>(Action<ObjectMapping<T>> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        ObjectMapping<T> mapping = new();
        map(mapping);
        return mapping;
    }
}
