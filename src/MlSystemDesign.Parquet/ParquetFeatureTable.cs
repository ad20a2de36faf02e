using MlSystemDesign.Parquet.Files;
using MlSystemDesign.Parquet.Tables;

namespace MlSystemDesign.Parquet;

/// <summary>Reads feature tables from the Parquet files that <see cref="FeatureTableParquetExtensions.WriteParquet"/> writes.</summary>
/// <example><code>
/// table.WriteParquet("features.parquet");
/// FeatureTable same = ParquetFeatureTable.Read("features.parquet");
/// </code></example>
public static class ParquetFeatureTable
{
    /// <summary>Reads a table equal to the one that was written: its rows, the bits of its numbers (every NaN as <see cref="double.NaN"/>), its schema with levels, units and lineage.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">The file is empty, truncated, no Parquet file, or without the schema of a feature table.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FeatureTable Read(string path) => Task.Run(() => ReadAsync(path)).GetAwaiter().GetResult();

    /// <summary>Reads a table equal to the one that was written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the work, between columns.</param>
    /// <exception cref="DataFormatException">The file is empty, truncated, no Parquet file, or without the schema of a feature table.</exception>
    public static async Task<FeatureTable> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        using ParquetFile file = await ParquetFile.OpenAsync(ParquetInput.Of(path), cancellationToken).ConfigureAwait(false);
        return await new FeatureTableAssembler(file).ReadAsync(cancellationToken).ConfigureAwait(false);
    }
}
