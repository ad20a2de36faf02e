using System.Globalization;
using MlSystemDesign.Parquet.Blocks;
using Parquet.Meta;
using PhysicalType = Parquet.Meta.Type;
using TimeUnit = MlSystemDesign.Parquet.Blocks.TimeUnit;

namespace MlSystemDesign.Parquet.Files;

/// <summary>The type of a column, from the annotations of the file: the newer ones, and the older where those are absent.</summary>
/// <param name="Meaning">What the bits stand for.</param>
/// <param name="Text">The type in words.</param>
internal readonly record struct ParquetType(ParquetMeaning Meaning, string Text)
{
    public bool IsUnsigned { get; private init; }

    public TimeUnit Unit { get; private init; }

    public bool IsInstant { get; private init; }

    public int Scale { get; private init; }

    public static ParquetType Of(SchemaElement element)
    {
        if (element.Type is not { } stored)
        {
            return new ParquetType(ParquetMeaning.Unsupported, element.LogicalType?.LIST is not null || element.ConvertedType == ConvertedType.LIST ? "a list" : "nested columns");
        }

        if (element.RepetitionType == FieldRepetitionType.REPEATED)
        {
            return new ParquetType(ParquetMeaning.Unsupported, "a list");
        }

        return stored switch
        {
            PhysicalType.BOOLEAN => new ParquetType(ParquetMeaning.Boolean, "bool"),
            PhysicalType.FLOAT => new ParquetType(ParquetMeaning.Floating, "float"),
            PhysicalType.DOUBLE => new ParquetType(ParquetMeaning.Floating, "double"),
            PhysicalType.INT96 => new ParquetType(ParquetMeaning.Time, "timestamp[ns, UTC] of 96 bits"),
            PhysicalType.INT32 or PhysicalType.INT64 => OfInteger(element),
            _ => OfBytes(element),
        };
    }

    private static ParquetType OfInteger(SchemaElement element)
    {
        LogicalType? logical = element.LogicalType;
        ConvertedType? older = element.ConvertedType;
        if (logical?.TIMESTAMP is { } stamp)
        {
            return OfTimestamp(stamp.Unit.MILLIS is not null ? TimeUnit.Millisecond : stamp.Unit.MICROS is not null ? TimeUnit.Microsecond : TimeUnit.Nanosecond, stamp.IsAdjustedToUTC);
        }

        // The older annotations always mean UTC (Parquet format, LogicalTypes, "Deprecated timestamp ConvertedType").
        return logical is null && older is ConvertedType.TIMESTAMP_MILLIS ? OfTimestamp(TimeUnit.Millisecond, isInstant: true)
            : logical is null && older is ConvertedType.TIMESTAMP_MICROS ? OfTimestamp(TimeUnit.Microsecond, isInstant: true)
            : logical?.DATE is not null || older is ConvertedType.DATE ? new ParquetType(ParquetMeaning.Time, "date") { Unit = TimeUnit.Day }
            : logical?.TIME is not null || older is ConvertedType.TIME_MILLIS or ConvertedType.TIME_MICROS ? new ParquetType(ParquetMeaning.Unsupported, "time of day")
            : logical?.DECIMAL is not null || older is ConvertedType.DECIMAL ? OfDecimal(element)
            : OfWhole(element);
    }

    private static ParquetType OfTimestamp(TimeUnit unit, bool isInstant)
    {
        string text = unit switch { TimeUnit.Millisecond => "ms", TimeUnit.Microsecond => "us", _ => "ns" };
        return new ParquetType(ParquetMeaning.Time, isInstant ? $"timestamp[{text}, UTC]" : $"timestamp[{text}]") { Unit = unit, IsInstant = isInstant };
    }

    private static ParquetType OfWhole(SchemaElement element)
    {
        bool isUnsigned = element.LogicalType?.INTEGER is { } integer ? !integer.IsSigned
            : element.ConvertedType is ConvertedType.UINT_8 or ConvertedType.UINT_16 or ConvertedType.UINT_32 or ConvertedType.UINT_64;
        string bits = element.Type == PhysicalType.INT32 ? "int32" : "int64";
        return new ParquetType(ParquetMeaning.Integer, isUnsigned ? "u" + bits : bits) { IsUnsigned = isUnsigned };
    }

    /// <summary>Databases export integers as decimals without digits after the point: those of up to 18 digits are integers here, so that they can be keys.</summary>
    private static ParquetType OfDecimal(SchemaElement element)
    {
        int precision = element.LogicalType?.DECIMAL?.Precision ?? element.Precision ?? 0, scale = element.LogicalType?.DECIMAL?.Scale ?? element.Scale ?? 0;
        string text = string.Create(CultureInfo.InvariantCulture, $"decimal({precision},{scale})");
        return scale == 0 && element.Type is PhysicalType.INT32 or PhysicalType.INT64
            ? new ParquetType(ParquetMeaning.Integer, text)
            : new ParquetType(ParquetMeaning.Decimal, text) { Scale = scale };
    }

    private static ParquetType OfBytes(SchemaElement element)
    {
        LogicalType? logical = element.LogicalType;
        ConvertedType? older = element.ConvertedType;
        return logical?.DECIMAL is not null || older is ConvertedType.DECIMAL ? OfDecimal(element)
            : logical?.UUID is not null && element.TypeLength == 16 ? new ParquetType(ParquetMeaning.Guid, "uuid")
            : logical?.FLOAT16 is not null ? new ParquetType(ParquetMeaning.Half, "half")
            : logical?.STRING is not null || logical?.ENUM is not null || logical?.JSON is not null || older is ConvertedType.UTF8 or ConvertedType.ENUM or ConvertedType.JSON
                ? new ParquetType(ParquetMeaning.Text, "string")
            : logical is null && older is null && element.Type == PhysicalType.BYTE_ARRAY ? new ParquetType(ParquetMeaning.Text, "bytes without a type") // texts, of older writers
            : new ParquetType(ParquetMeaning.Unsupported, "bytes");
    }
}
