using System.Data;
using System.Data.Common;

namespace MlSystemDesign.History;

/// <summary>Reads a ready table, one row per observation, without a history behind it.</summary>
/// <example><code>
/// FeatureTableIngest telco = FeatureTableReader.Read(reader, m => m.Entity("customerID").Target("Churn", positive: "Yes").InferOthers());
/// TrainingSet rows = new(telco.Features, telco.Targets.Span);
/// </code></example>
public static class FeatureTableReader
{
    /// <summary>Reads a table.</summary>
    /// <param name="reader">The rows, from where it stands to its end. The caller closes it.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <exception cref="DataFormatException">A row is bad under a policy that fails, a column is not there, the positive class does not occur, or there is no row.</exception>
    public static FeatureTableIngest Read(IDataReader reader, Action<FeatureTableMapping> map)
    {
        ArgumentNullException.ThrowIfNull(reader);
        FeatureTableRows rows = new(Mapped(map), reader);
        while (reader.Read())
        {
            rows.Take(reader);
        }

        return rows.Complete();
    }

    /// <summary>Reads a table.</summary>
    /// <param name="reader">The rows, from where it stands to its end. The caller closes it.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <param name="progress">Gets the number of rows read so far.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DataFormatException">A row is bad under a policy that fails, a column is not there, the positive class does not occur, or there is no row.</exception>
    public static async Task<FeatureTableIngest> ReadAsync(
        DbDataReader reader, Action<FeatureTableMapping> map, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        IngestPace pace = new(progress, cancellationToken);
        FeatureTableRows rows = new(Mapped(map), reader);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Take(reader);
            pace.Step();
        }

        pace.Finish();
        return rows.Complete();
    }

    private static FeatureTableMapping Mapped(Action<FeatureTableMapping> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        FeatureTableMapping mapping = new();
        map(mapping);
        return mapping;
    }
}
