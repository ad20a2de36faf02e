using Apache.Arrow;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Parquet;
using MlSystemDesign.Parquet.Tables;

namespace MlSystemDesign;

/// <summary>Hands feature tables to other tools: as Parquet files, and as Arrow record batches.</summary>
/// <remarks>Columns: the entity ("entity": text or integer; a GUID as text, keys that are composite or of several kinds as their canonical text), the cutoff ("cutoff", UTC, in microseconds,
/// or nanoseconds where they need it), then the features in order: numbers as double with null for NaN, categories as text with null for missing. Where a feature has one of the
/// two names, that of the key gets an underscore in front. Units, lineage, groups, levels and values for nothing stand in the metadata under
/// <c>mlsystemdesign.feature_table</c>, as JSON.</remarks>
public static class FeatureTableParquetExtensions
{
    /// <summary>Writes a table as a Parquet file.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">Where to; an existing file is replaced, a missing folder is made. The file appears whole or not at all.</param>
    /// <exception cref="ArgumentException">A cutoff is neither whole in microseconds nor between the years 1678 and 2262.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing half-written stays.</exception>
    public static void WriteParquet(this FeatureTable table, string path) => Task.Run(() => table.WriteParquetAsync(path).AsTask()).GetAwaiter().GetResult();

    /// <summary>Writes a table as a Parquet file.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">Where to; an existing file is replaced, a missing folder is made. The file appears whole or not at all.</param>
    /// <param name="cancellationToken">Stops the work; nothing half-written stays.</param>
    /// <exception cref="ArgumentException">A cutoff is neither whole in microseconds nor between the years 1678 and 2262.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing half-written stays.</exception>
    public static ValueTask WriteParquetAsync(this FeatureTable table, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return AtomicFile.WriteAsync(path, new FeatureTableWriter(table).WriteAsync, cancellationToken);
    }

    /// <summary>Copies a table into an Arrow record batch. The caller disposes of it.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The columns of the Parquet file; categories as codes into a dictionary, GUIDs as UUID.</returns>
    /// <exception cref="ArgumentException">A cutoff is neither whole in microseconds nor between the years 1678 and 2262.</exception>
    public static RecordBatch ToRecordBatch(this FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return FeatureTableBatch.Of(table);
    }
}
