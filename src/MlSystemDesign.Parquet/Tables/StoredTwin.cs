using System.Text;
using Parquet;
using Parquet.Schema;

namespace MlSystemDesign.Parquet.Tables;

/// <summary>Writes columns as the bits that are stored, under a twin of their field: same name, physical type.</summary>
/// <remarks>The least and the greatest value that a file states let other tools skip row groups, so they must be right. For typed values Parquet.Net 6.1 states those of timestamps
/// in milliseconds, whatever the unit, those of GUIDs in another byte order, and those of texts in the order of UTF-16, which differs from that of the file where a text has a
/// character beyond 16 bits. The twins state them right, or not at all.</remarks>
internal static class StoredTwin
{
    public static Task WriteCutoffsAsync(ParquetRowGroupWriter group, DateTimeDataField field, long[] ticks, CancellationToken cancellationToken)
    {
        long[] stored = Array.ConvertAll(ticks, tick => CutoffUnit.ToStored(tick, field.Unit == DateTimeTimeUnit.Nanos));
        return group.WriteAsync<long>(Twin(field, typeof(long)), stored, cancellationToken: cancellationToken);
    }

    public static Task WriteTextsAsync(ParquetRowGroupWriter group, DataField field, string?[] texts, CancellationToken cancellationToken)
    {
        if (!Array.Exists(texts, text => text is not null && text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')))
        {
            return group.WriteAsync(field, texts);
        }

        ReadOnlyMemory<byte>?[] bytes = Array.ConvertAll(texts, text => text is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(text));
        return group.WriteAsync<ReadOnlyMemory<byte>>(Twin(field, typeof(byte[])), bytes, cancellationToken: cancellationToken);
    }

    private static DataField Twin(DataField field, Type type)
    {
        DataField twin = new(field.Name, type, isNullable: field.IsNullable, isArray: false);
        _ = new ParquetSchema(twin); // a field is writable once it has a place in a schema
        return twin;
    }
}
