using MlSystemDesign.Csv;
using MlSystemDesign.History;

namespace MlSystemDesign;

/// <summary>Reads CSV files into a history.</summary>
public static class CsvHistoryBuilderExtensions
{
    /// <summary>Adds events from a CSV file, plain or gzip. It is opened when the history is built.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name, such as "purchases".</param>
    /// <param name="path">The file.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <param name="options">How the file is written; UTF-8 with commas by default.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    /// <example><code>
    /// IngestResult ingest = await new HistoryBuilder()
    ///     .AddCsvEvents("purchases", "cdnow_master.csv", m => m.Entity("customer_id").Time("date").Number("dollars", "USD"))
    ///     .BuildAsync();
    /// </code></example>
    public static HistoryBuilder AddCsvEvents(this HistoryBuilder builder, string source, string path, Action<ReaderMapping> map, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddEvents(source, () => CsvSource.Open(path, options), map);
    }

    /// <summary>Adds attributes from a CSV file, plain or gzip. It is opened when the history is built.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source's name, such as "customers".</param>
    /// <param name="path">The file.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <param name="options">How the file is written; UTF-8 with commas by default.</param>
    /// <exception cref="ArgumentException">The mapping is incomplete or contradicts itself or the source that is there.</exception>
    public static HistoryBuilder AddCsvAttributes(this HistoryBuilder builder, string source, string path, Action<ReaderMapping> map, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddAttributes(source, () => CsvSource.Open(path, options), map);
    }
}
