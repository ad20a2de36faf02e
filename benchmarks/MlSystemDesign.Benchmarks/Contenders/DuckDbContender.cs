using DuckDB.NET.Data;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>DuckDB in this process, over a table sorted by entity and time. The answers stay in a DuckDB table; reading them into .NET is not timed.</summary>
/// <param name="set">What to compute.</param>
/// <param name="form">Which form of the query.</param>
internal sealed class DuckDbContender(FeatureSet set, DuckDbForm form) : IContender
{
    private DuckDBConnection? _connection;
    private string _query = string.Empty;

    public string Name => form == DuckDbForm.Join ? "DuckDB join" : "DuckDB segments";

    public void Ingest(EventColumns log, CancellationToken cancellationToken)
    {
        _connection = new DuckDBConnection("DataSource=:memory:");
        _connection.Open();
        Execute($"SET threads = {Environment.ProcessorCount}; SET preserve_insertion_order = false", cancellationToken);
        Execute("CREATE TABLE log (entity BIGINT, time BIGINT, known BIGINT, amount DOUBLE, category INTEGER)", cancellationToken);
        DuckDbAppender.Append(_connection, "log", log.Entities, log.Times, log.Known, log.Amounts, log.Categories);
        Execute("CREATE TABLE events AS SELECT * FROM log ORDER BY entity, time; DROP TABLE log", cancellationToken);
    }

    public void Prepare(PairColumns pairs)
    {
        Execute("CREATE OR REPLACE TABLE pairs (pair INTEGER, entity BIGINT, cutoff BIGINT)", default);
        DuckDbAppender.Append(_connection!, "pairs", Enumerable.Range(0, pairs.Count).ToArray(), pairs.Entities, pairs.Cutoffs);
        _query = form == DuckDbForm.Join ? DuckDbJoinQuery.For(set) : DuckDbSegmentQuery.For(set);
    }

    public void Compute(CancellationToken cancellationToken) => Execute($"CREATE OR REPLACE TABLE answers AS {_query}", cancellationToken);

    public double[][] Answers()
    {
        using DuckDBCommand command = _connection!.CreateCommand();
        command.CommandText = "SELECT * EXCLUDE (pair) FROM answers ORDER BY pair";
        using DuckDBDataReader reader = command.ExecuteReader();
        List<double>[] columns = [.. Enumerable.Range(0, set.Count).Select(_ => new List<double>())];
        while (reader.Read())
        {
            for (int f = 0; f < columns.Length; f++)
            {
                columns[f].Add(reader.IsDBNull(f) ? double.NaN : reader.GetDouble(f));
            }
        }

        return [.. columns.Select(c => c.ToArray())];
    }

    public void Forget() => Execute("DROP TABLE IF EXISTS answers", default);

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private void Execute(string sql, CancellationToken cancellationToken)
    {
        using DuckDBCommand command = _connection!.CreateCommand();
        command.CommandText = sql;
        using CancellationTokenRegistration stop = cancellationToken.Register(command.Cancel);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (DuckDBException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
