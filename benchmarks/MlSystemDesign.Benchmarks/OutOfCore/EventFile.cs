using global::Parquet;
using global::Parquet.Schema;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Parquet;

namespace MlSystemDesign.Benchmarks.OutOfCore;

/// <summary>The log as a Parquet file, in the order of arrival: the rows of an entity lie anywhere.</summary>
internal static class EventFile
{
    private const int RowsPerGroup = 250_000;

    internal static ParquetSources Sources(string path) => new ParquetSources().AddEvents(
        "purchases", [path], m => m.Entity("customer").Time("at", Instant).KnownTime("known", Instant).Number("amount", "EUR").Category("category"));

    internal static async Task WriteAsync(EventColumns log, string path)
    {
        ParquetSchema schema = new(
            new DataField("customer", typeof(long), isNullable: false),
            new DataField("at", typeof(long), isNullable: false),
            new DataField("known", typeof(long), isNullable: false),
            new DataField("amount", typeof(double), isNullable: false),
            new DataField("category", typeof(string), isNullable: false));
        ParquetOptions options = new();
        options.ColumnEncodingHints["category"] = EncodingHint.Dictionary;
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream, options);
        for (int from = 0; from < log.Count; from += RowsPerGroup)
        {
            int count = Math.Min(RowsPerGroup, log.Count - from);
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<long>(schema.DataFields[0], log.Entities.AsMemory(from, count));
            await group.WriteAsync<long>(schema.DataFields[1], log.Times.AsMemory(from, count));
            await group.WriteAsync<long>(schema.DataFields[2], log.Known.AsMemory(from, count));
            await group.WriteAsync<double>(schema.DataFields[3], log.Amounts.AsMemory(from, count));
            await group.WriteAsync(schema.DataFields[4], Array.ConvertAll(log.Categories[from..(from + count)], code => $"c{code:00}"));
            group.CompleteValidate();
        }
    }

    private static DateTimeOffset? Instant(long microseconds) => new DateTimeOffset(Clock.ToDateTime(microseconds));
}
