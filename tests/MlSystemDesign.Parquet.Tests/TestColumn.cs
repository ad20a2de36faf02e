using global::Parquet;
using global::Parquet.Schema;

namespace MlSystemDesign.Parquet.Tests;

/// <summary>A column of a file that a test writes.</summary>
internal sealed record TestColumn(DataField Field, Func<ParquetRowGroupWriter, DataField, int, int, Task> WriteAsync, int Count)
{
    public static TestColumn Of<T>(string name, T[] values)
        where T : struct => Of(new DataField(name, typeof(T), isNullable: false), values);

    public static TestColumn Of<T>(DataField field, T[] values)
        where T : struct => new(field, (group, attached, from, count) => group.WriteAsync<T>(attached, values.AsMemory(from, count)), values.Length);

    public static TestColumn OfNullable<T>(string name, T?[] values)
        where T : struct => OfNullable(new DataField(name, typeof(T), isNullable: true), values);

    public static TestColumn OfNullable<T>(DataField field, T?[] values)
        where T : struct => new(field, (group, attached, from, count) => group.WriteAsync<T>(attached, values.AsMemory(from, count)), values.Length);

    public static TestColumn Texts(string name, params string?[] values) => new(
        new DataField(name, typeof(string), isNullable: true), (group, attached, from, count) => group.WriteAsync(attached, values[from..(from + count)]), values.Length);

    public static TestColumn Utc(string name, params DateTime[] values) => Of(Timestamp(name, isUtc: true, DateTimeTimeUnit.Micros), values);

    public static DateTimeDataField Timestamp(string name, bool isUtc, DateTimeTimeUnit unit, bool isNullable = false) =>
        new(name, DateTimeFormat.Timestamp, isAdjustedToUTC: isUtc, unit: unit, isNullable: isNullable);

    /// <summary>Writes a file.</summary>
    /// <param name="rowsPerGroup">How many rows a row group holds.</param>
    /// <param name="columns">The columns.</param>
    public static byte[] File(int rowsPerGroup, params TestColumn[] columns) => Task.Run(async () =>
    {
        using MemoryStream stream = new();
        ParquetSchema schema = new(columns.Select(c => c.Field));
        ParquetOptions options = new();
        foreach (TestColumn column in columns)
        {
            options.ColumnEncodingHints[column.Field.Name] = EncodingHint.Dictionary;
        }

        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream, options))
        {
            for (int from = 0; from < columns[0].Count; from += rowsPerGroup)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                for (int c = 0; c < columns.Length; c++)
                {
                    await columns[c].WriteAsync(group, schema.DataFields[c], from, Math.Min(rowsPerGroup, columns[c].Count - from));
                }
            }
        }

        return stream.ToArray();
    }).GetAwaiter().GetResult();
}
