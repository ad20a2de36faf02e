using Apache.Arrow;
using MlSystemDesign.History;
using MlSystemDesign.Parquet;
using MlSystemDesign.Parquet.Arrow;

namespace MlSystemDesign;

/// <summary>Reads Arrow record batches into a history: query results, IPC streams, data frames.</summary>
/// <remarks>Columns are copied batch by batch: a batch may be disposed of as soon as the next one is asked for, which happens when the history is built. The caller disposes of them.</remarks>
public static class ArrowHistoryBuilderExtensions
{
    /// <summary>Adds events from a record batch.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name, such as "purchases".</param>
    /// <param name="batch">One row per event.</param>
    /// <param name="map">Says which column holds what.</param>
    public static HistoryBuilder AddEvents(this HistoryBuilder builder, string source, RecordBatch batch, Action<ColumnarMapping> map)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return AddEvents(builder, source, [batch], map);
    }

    /// <summary>Adds events from record batches.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="batches">At least one batch; all have the mapped columns.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <exception cref="DataFormatException">At <see cref="HistoryBuilder.Build"/>: a column is not there, or has not a type for its role, or a row is bad under a policy that fails.</exception>
    public static HistoryBuilder AddEvents(this HistoryBuilder builder, string source, IEnumerable<RecordBatch> batches, Action<ColumnarMapping> map)
    {
        (ColumnarMapping mapping, IEnumerable<FactColumns> facts) = Facts(builder, batches, map);
        return builder.AddEvents(source, facts, mapping.Apply);
    }

    /// <summary>Adds events from record batches that come asynchronously; build with <see cref="HistoryBuilder.BuildAsync"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="batches">At least one batch; all have the mapped columns.</param>
    /// <param name="map">Says which column holds what.</param>
    public static HistoryBuilder AddEvents(this HistoryBuilder builder, string source, IAsyncEnumerable<RecordBatch> batches, Action<ColumnarMapping> map)
    {
        (ColumnarMapping mapping, IAsyncEnumerable<FactColumns> facts) = Facts(builder, batches, map);
        return builder.AddEvents(source, facts, mapping.Apply);
    }

    /// <summary>Adds attributes from a record batch.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name, such as "customers".</param>
    /// <param name="batch">One row per entity, or several with the time from which each holds.</param>
    /// <param name="map">Says which column holds what; without a time the rows hold from the beginning of time.</param>
    public static HistoryBuilder AddAttributes(this HistoryBuilder builder, string source, RecordBatch batch, Action<ColumnarMapping> map)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return AddAttributes(builder, source, [batch], map);
    }

    /// <summary>Adds attributes from record batches.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="batches">At least one batch; all have the mapped columns.</param>
    /// <param name="map">Says which column holds what.</param>
    public static HistoryBuilder AddAttributes(this HistoryBuilder builder, string source, IEnumerable<RecordBatch> batches, Action<ColumnarMapping> map)
    {
        (ColumnarMapping mapping, IEnumerable<FactColumns> facts) = Facts(builder, batches, map);
        return builder.AddAttributes(source, facts, mapping.Apply);
    }

    /// <summary>Adds attributes from record batches that come asynchronously; build with <see cref="HistoryBuilder.BuildAsync"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="batches">At least one batch; all have the mapped columns.</param>
    /// <param name="map">Says which column holds what.</param>
    public static HistoryBuilder AddAttributes(this HistoryBuilder builder, string source, IAsyncEnumerable<RecordBatch> batches, Action<ColumnarMapping> map)
    {
        (ColumnarMapping mapping, IAsyncEnumerable<FactColumns> facts) = Facts(builder, batches, map);
        return builder.AddAttributes(source, facts, mapping.Apply);
    }

    private static (ColumnarMapping Mapping, IEnumerable<FactColumns> Facts) Facts(HistoryBuilder builder, IEnumerable<RecordBatch> batches, Action<ColumnarMapping> map)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(batches);
        ColumnarMapping mapping = ColumnarMapping.Of(map);
        return (mapping, batches.Select(batch => RecordBatchBlocks.Read(batch, mapping)));
    }

    private static (ColumnarMapping Mapping, IAsyncEnumerable<FactColumns> Facts) Facts(HistoryBuilder builder, IAsyncEnumerable<RecordBatch> batches, Action<ColumnarMapping> map)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(batches);
        ColumnarMapping mapping = ColumnarMapping.Of(map);
        return (mapping, batches.Select(batch => RecordBatchBlocks.Read(batch, mapping)));
    }
}
