using global::Parquet;
using global::Parquet.Schema;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Parquet;

namespace MlSystemDesign.Benchmarks.OutOfCore;

/// <summary>The log as a Parquet file, in the order of arrival: the rows of an entity lie anywhere.</summary>
/// <remarks>With keys, every event has one; one in twenty is corrected a day later, a fifth of these by a row that moves it to another entity, and one in fifty is retracted after two days.</remarks>
internal static class EventFile
{
    private const int RowsPerGroup = 250_000;

    internal static ParquetSources Sources(string path, bool keyed) => new ParquetSources().AddEvents("purchases", [path], m =>
    {
        m.Entity("customer").Time("at", Instant).KnownTime("known", Instant).Number("amount", "EUR").Category("category");
        if (keyed)
        {
            m.EventKey("event").Retracted("retracted");
        }
    });

    /// <returns>How many rows were written.</returns>
    internal static async Task<long> WriteAsync(EventColumns log, string path, bool keyed)
    {
        ParquetSchema schema = new(
            [
                new DataField("customer", typeof(long), isNullable: false),
                new DataField("at", typeof(long), isNullable: false),
                new DataField("known", typeof(long), isNullable: false),
                new DataField("amount", typeof(double), isNullable: false),
                new DataField("category", typeof(string), isNullable: false),
                .. keyed ? [new DataField("event", typeof(long), isNullable: false), new DataField("retracted", typeof(bool), isNullable: false)] : (DataField[])[],
            ]);
        ParquetOptions options = new();
        options.ColumnEncodingHints["category"] = EncodingHint.Dictionary;
        long written = 0;
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream, options);
        for (int from = 0; from < log.Count; from += RowsPerGroup)
        {
            Row[] rows = [.. Enumerable.Range(from, Math.Min(RowsPerGroup, log.Count - from)).SelectMany(i => keyed ? Versions(log, i) : [First(log, i)])];
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<long>(schema.DataFields[0], Array.ConvertAll(rows, r => r.Entity));
            await group.WriteAsync<long>(schema.DataFields[1], Array.ConvertAll(rows, r => r.Time));
            await group.WriteAsync<long>(schema.DataFields[2], Array.ConvertAll(rows, r => r.Known));
            await group.WriteAsync<double>(schema.DataFields[3], Array.ConvertAll(rows, r => r.Amount));
            await group.WriteAsync(schema.DataFields[4], Array.ConvertAll(rows, r => $"c{r.Category:00}"));
            if (keyed)
            {
                await group.WriteAsync<long>(schema.DataFields[5], Array.ConvertAll(rows, r => r.Event));
                await group.WriteAsync<bool>(schema.DataFields[6], Array.ConvertAll(rows, r => r.IsRetracted));
            }

            group.CompleteValidate();
            written += rows.Length;
        }

        return written;
    }

    private static Row First(EventColumns log, int i) => new(log.Entities[i], log.Times[i], log.Known[i], log.Amounts[i], log.Categories[i], i, false);

    private static IEnumerable<Row> Versions(EventColumns log, int i)
    {
        Row first = First(log, i);
        yield return first;
        if (i % 20 == 10)
        {
            yield return first with { Entity = i % 100 == 10 ? log.Entities[(i + 1) % log.Count] : first.Entity, Amount = first.Amount + 1, Known = first.Known + Clock.Day };
        }

        if (i % 50 == 25)
        {
            yield return first with { Known = first.Known + (2 * Clock.Day), IsRetracted = true };
        }
    }

    private static DateTimeOffset? Instant(long microseconds) => new DateTimeOffset(Clock.ToDateTime(microseconds));

    private readonly record struct Row(long Entity, long Time, long Known, double Amount, int Category, long Event, bool IsRetracted);
}
