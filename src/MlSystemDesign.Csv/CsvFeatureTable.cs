using System.Data.Common;
using MlSystemDesign.History;

namespace MlSystemDesign.Csv;

/// <summary>Reads a ready feature table from a CSV file, plain or gzip.</summary>
/// <example><code>
/// FeatureTableIngest telco = await CsvFeatureTable.ReadAsync("telco_churn.csv", m => m.Entity("customerID").Target("Churn", positive: "Yes").InferOthers());
/// </code></example>
public static class CsvFeatureTable
{
    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <param name="options">How the file is written; UTF-8 with commas by default.</param>
    /// <param name="progress">Gets the number of rows read so far.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DataFormatException">The file is empty or broken, a row is bad under a policy that fails, a column is not there, or the positive class does not occur.</exception>
    public static async Task<FeatureTableIngest> ReadAsync(
        string path, Action<FeatureTableMapping> map, CsvOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        DbDataReader reader = CsvSource.Open(path, options);
        await using (reader.ConfigureAwait(false))
        {
            return await FeatureTableReader.ReadAsync(reader, map, progress, cancellationToken).ConfigureAwait(false);
        }
    }
}
