using DuckDB.NET.Data;
using DuckDB.NET.Native;
using NativeAppender = DuckDB.NET.Native.DuckDBAppender;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>Appends whole columns to a DuckDB table, a data chunk at a time: several times faster than the appender of rows.</summary>
internal static unsafe class DuckDbAppender
{
    private const int RowsPerChunk = 2048;

    /// <param name="connection">An open connection.</param>
    /// <param name="table">A table with one column per array, in order: BIGINT for long[], DOUBLE for double[], INTEGER for int[].</param>
    /// <param name="columns">Arrays of one length.</param>
    internal static void Append(DuckDBConnection connection, string table, params ReadOnlySpan<Array> columns)
    {
        Require(NativeMethods.Appender.DuckDBAppenderCreate(connection.NativeConnection, null!, table, out NativeAppender appender), table);
        DuckDBLogicalType[] types = new DuckDBLogicalType[columns.Length];
        for (int c = 0; c < types.Length; c++)
        {
            types[c] = NativeMethods.LogicalType.DuckDBCreateLogicalType(columns[c] switch
            {
                long[] => DuckDBType.BigInt,
                double[] => DuckDBType.Double,
                _ => DuckDBType.Integer,
            });
        }

        using (appender)
        using (DuckDBDataChunk chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk([.. types.Select(t => t.DangerousGetHandle())], (ulong)types.Length))
        {
            for (int from = 0; from < columns[0].Length; from += RowsPerChunk)
            {
                int rows = Math.Min(RowsPerChunk, columns[0].Length - from);
                NativeMethods.DataChunks.DuckDBDataChunkReset(chunk);
                for (int c = 0; c < columns.Length; c++)
                {
                    void* data = NativeMethods.Vectors.DuckDBVectorGetData(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, c));
                    Copy(columns[c], from, rows, data);
                }

                NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)rows);
                Require(NativeMethods.Appender.DuckDBAppendDataChunk(appender, chunk), table);
            }

            Require(NativeMethods.Appender.DuckDBAppenderClose(appender), table);
        }

        foreach (DuckDBLogicalType type in types)
        {
            type.Dispose();
        }
    }

    private static void Copy(Array column, int from, int rows, void* data)
    {
        switch (column)
        {
            case long[] longs: longs.AsSpan(from, rows).CopyTo(new Span<long>(data, rows)); break;
            case double[] doubles: doubles.AsSpan(from, rows).CopyTo(new Span<double>(data, rows)); break;
            default: ((int[])column).AsSpan(from, rows).CopyTo(new Span<int>(data, rows)); break;
        }
    }

    private static void Require(DuckDBState state, string table)
    {
        if (state != DuckDBState.Success)
        {
            throw new InvalidOperationException($"DuckDB must take the rows. Got an error while appending to '{table}'. Check that the table has one column per array, of its type.");
        }
    }
}
