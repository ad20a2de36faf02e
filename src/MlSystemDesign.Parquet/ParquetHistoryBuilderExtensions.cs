using MlSystemDesign.History;
using MlSystemDesign.Parquet;
using MlSystemDesign.Parquet.Files;

namespace MlSystemDesign;

/// <summary>Reads Parquet files into a history.</summary>
/// <remarks>Row group by row group, and of each only the columns that are mapped: beside what the builder gathers, memory holds one row group. A file that is empty, truncated or no
/// Parquet file, and a column that is not there or has another type, is a <see cref="DataFormatException"/> when the history is built.</remarks>
public static class ParquetHistoryBuilderExtensions
{
    /// <summary>Adds events from a Parquet file. It is opened when the history is built.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name, such as "purchases".</param>
    /// <param name="path">The file.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <example><code>
    /// IngestResult ingest = new HistoryBuilder()
    ///     .AddEventsFromParquet("purchases", "orders.parquet", m => m.Entity("customer_id").Time("at").KnownTime("known_at").Number("amount", "EUR").Category("kind"))
    ///     .Build();
    /// </code></example>
    public static HistoryBuilder AddEventsFromParquet(this HistoryBuilder builder, string source, string path, Action<ColumnarMapping> map) =>
        Add(builder, source, SourceKind.Events, [ParquetInput.Of(path)], map);

    /// <summary>Adds events from several Parquet files, the parts of one source. They are opened one after the other when the history is built.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="paths">The files, at least one; their order changes no bit of the history. All have the mapped columns; a column's type may differ between them.</param>
    /// <param name="map">Says which column holds what.</param>
    public static HistoryBuilder AddEventsFromParquet(this HistoryBuilder builder, string source, IEnumerable<string> paths, Action<ColumnarMapping> map) =>
        Add(builder, source, SourceKind.Events, Inputs(paths), map);

    /// <summary>Adds events from a stream that holds a Parquet file. It is read when the history is built; the caller closes it after that.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="stream">The whole file, from its beginning. One that cannot seek is first read into memory (2 GB at most), because the format starts at the end.</param>
    /// <param name="map">Says which column holds what.</param>
    public static HistoryBuilder AddEventsFromParquet(this HistoryBuilder builder, string source, Stream stream, Action<ColumnarMapping> map) =>
        Add(builder, source, SourceKind.Events, [ParquetInput.Of(stream)], map);

    /// <summary>Adds attributes from a Parquet file. It is opened when the history is built.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name, such as "customers".</param>
    /// <param name="path">The file.</param>
    /// <param name="map">Says which column holds what; without a time the rows hold from the beginning of time.</param>
    public static HistoryBuilder AddAttributesFromParquet(this HistoryBuilder builder, string source, string path, Action<ColumnarMapping> map) =>
        Add(builder, source, SourceKind.Attributes, [ParquetInput.Of(path)], map);

    /// <summary>Adds attributes from several Parquet files, the parts of one source.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="map">Says which column holds what.</param>
    public static HistoryBuilder AddAttributesFromParquet(this HistoryBuilder builder, string source, IEnumerable<string> paths, Action<ColumnarMapping> map) =>
        Add(builder, source, SourceKind.Attributes, Inputs(paths), map);

    /// <summary>Adds attributes from a stream that holds a Parquet file. It is read when the history is built; the caller closes it after that.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="stream">The whole file, from its beginning.</param>
    /// <param name="map">Says which column holds what.</param>
    public static HistoryBuilder AddAttributesFromParquet(this HistoryBuilder builder, string source, Stream stream, Action<ColumnarMapping> map) =>
        Add(builder, source, SourceKind.Attributes, [ParquetInput.Of(stream)], map);

    private static HistoryBuilder Add(HistoryBuilder builder, string source, SourceKind kind, IReadOnlyList<ParquetInput> inputs, Action<ColumnarMapping> map)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ColumnarMapping mapping = ColumnarMapping.Of(map);
        ParquetBatches batches = new(inputs, mapping);
        return kind == SourceKind.Events ? builder.AddEvents(source, batches, mapping.Apply) : builder.AddAttributes(source, batches, mapping.Apply);
    }

    private static ParquetInput[] Inputs(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ParquetInput[] inputs = [.. paths.Select(ParquetInput.Of)];
        return inputs.Length > 0 ? inputs : throw new ArgumentException("A source must have at least one file. Got none. List the files, or leave the source out.", nameof(paths));
    }
}
