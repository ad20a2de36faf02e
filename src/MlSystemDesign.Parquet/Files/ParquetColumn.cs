using System.Numerics;
using System.Text;
using MlSystemDesign.Parquet.Blocks;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using PhysicalType = Parquet.Meta.Type;
using TimeUnit = MlSystemDesign.Parquet.Blocks.TimeUnit;

namespace MlSystemDesign.Parquet.Files;

/// <summary>A column of a file, read as it is stored: what the bits mean is decided here, from the file's own annotations.</summary>
/// <remarks>The decoder's own typed values are passed by: they cut negative nanoseconds towards zero, fail the file at a date beyond year 9999, and call times without a zone local.</remarks>
internal sealed class ParquetColumn
{
    private readonly SchemaElement _element;
    private readonly ParquetType _type;

    public ParquetColumn(SchemaElement element)
    {
        _element = element;
        _type = ParquetType.Of(element);
    }

    public string Name => _element.Name;

    /// <summary>Reads the column of a row group.</summary>
    /// <param name="group">The row group; <see langword="null"/> is none: no rows.</param>
    /// <param name="missingTexts">Texts that stand for a missing value; <see langword="null"/> keeps blank ones too.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<ColumnBlock> ReadAsync(ParquetRowGroupReader? group, IReadOnlySet<string>? missingTexts, CancellationToken cancellationToken)
    {
        switch (_type.Meaning)
        {
            case ParquetMeaning.Unsupported:
                return new UnsupportedBlock(Name, _type.Text, group is null ? 0 : checked((int)group.RowCount));
            case ParquetMeaning.Boolean:
                ParquetBooleans.RequireReadable(group, Name);
                StoredValues<bool> booleans = await StoredAsync<bool>(group, cancellationToken).ConfigureAwait(false);
                return new BooleanBlock(Name, _type.Text, booleans.Values, booleans.Valid);
            case ParquetMeaning.Integer when _element.Type == PhysicalType.INT32:
                StoredValues<long> small = await WidenedAsync(group, _type.IsUnsigned, cancellationToken).ConfigureAwait(false);
                return new IntegerBlock(Name, _type.Text, small.Values, small.Valid);
            case ParquetMeaning.Integer:
                StoredValues<long> integers = await StoredAsync<long>(group, cancellationToken).ConfigureAwait(false);
                return new IntegerBlock(Name, _type.Text, integers.Values, integers.Valid, _type.IsUnsigned);
            case ParquetMeaning.Time when _element.Type == PhysicalType.INT32:
                StoredValues<long> days = await WidenedAsync(group, isUnsigned: false, cancellationToken).ConfigureAwait(false);
                return new TimeBlock(Name, _type.Text, days.Values, days.Valid, _type.Unit, _type.IsInstant);
            case ParquetMeaning.Time when _element.Type == PhysicalType.INT96:
                StoredValues<DateTime> stamps = await StoredAsync<DateTime>(group, cancellationToken).ConfigureAwait(false);
                return new TimeBlock(Name, _type.Text, Array.ConvertAll(stamps.Values, t => t.Ticks - DateTime.UnixEpoch.Ticks), stamps.Valid, TimeUnit.Tick, isInstant: true);
            case ParquetMeaning.Time:
                StoredValues<long> times = await StoredAsync<long>(group, cancellationToken).ConfigureAwait(false);
                return new TimeBlock(Name, _type.Text, times.Values, times.Valid, _type.Unit, _type.IsInstant);
            case ParquetMeaning.Guid:
                StoredValues<ReadOnlyMemory<byte>> guids = await StoredAsync<ReadOnlyMemory<byte>>(group, cancellationToken).ConfigureAwait(false);
                return new GuidBlock(Name, _type.Text, [.. guids.Select(bytes => (Guid?)new Guid(bytes.Span, bigEndian: true), null)]);
            case ParquetMeaning.Text:
                return Texts(await StoredAsync<ReadOnlyMemory<byte>>(group, cancellationToken).ConfigureAwait(false), missingTexts);
            default:
                return new NumberBlock(Name, _type.Text, await NumbersAsync(group, cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<double[]> NumbersAsync(ParquetRowGroupReader? group, CancellationToken cancellationToken)
    {
        switch (_element.Type)
        {
            case PhysicalType.DOUBLE:
                StoredValues<double> doubles = await StoredAsync<double>(group, cancellationToken).ConfigureAwait(false);
                return doubles.Valid is null ? doubles.Values : [.. doubles.Select(value => value, double.NaN)];
            case PhysicalType.FLOAT:
                return [.. (await StoredAsync<float>(group, cancellationToken).ConfigureAwait(false)).Select(value => (double)value, double.NaN)];
            case PhysicalType.INT32:
                return [.. (await StoredAsync<int>(group, cancellationToken).ConfigureAwait(false)).Select(digits => RoundedDecimal.Of(digits, _type.Scale), double.NaN)];
            case PhysicalType.INT64:
                return [.. (await StoredAsync<long>(group, cancellationToken).ConfigureAwait(false)).Select(digits => RoundedDecimal.Of(digits, _type.Scale), double.NaN)];
            default:
                StoredValues<ReadOnlyMemory<byte>> bytes = await StoredAsync<ReadOnlyMemory<byte>>(group, cancellationToken).ConfigureAwait(false);
                return _type.Meaning == ParquetMeaning.Half
                    ? [.. bytes.Select(value => (double)BitConverter.ToHalf(value.Span), double.NaN)]
                    : [.. bytes.Select(value => RoundedDecimal.Of(new BigInteger(value.Span, isUnsigned: false, isBigEndian: true), _type.Scale), double.NaN)];
        }
    }

    private TextBlock Texts(StoredValues<ReadOnlyMemory<byte>> stored, IReadOnlySet<string>? missingTexts)
    {
        Dictionary<ReadOnlyMemory<byte>, int> known = new(ByteContent.Comparer);
        List<string> levels = [];
        int[] codes = new int[stored.Values.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            if (stored.Valid is not null && !stored.Valid[row])
            {
                codes[row] = -1;
            }
            else if (!known.TryGetValue(stored.Values[row], out codes[row]))
            {
                known.Add(stored.Values[row], codes[row] = levels.Count);
                levels.Add(Decode(stored.Values[row].Span));
            }
        }

        return TextBlock.Of(Name, _type.Text, codes, levels, missingTexts);
    }

    private string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ByteContent.StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            throw new DataFormatException(
                $"A text must be in UTF-8. Got the bytes {Convert.ToHexString(bytes[..Math.Min(bytes.Length, 20)])} in column '{Name}'. Write the column as text.", column: Name, innerException: fault);
        }
    }

    private async Task<StoredValues<long>> WidenedAsync(ParquetRowGroupReader? group, bool isUnsigned, CancellationToken cancellationToken)
    {
        StoredValues<int> stored = await StoredAsync<int>(group, cancellationToken).ConfigureAwait(false);
        return new StoredValues<long>(Array.ConvertAll(stored.Values, value => isUnsigned ? (uint)value : (long)value), stored.Valid);
    }

    /// <summary>Reads the bits. The field that asks for them has the physical type, whatever the logical type is.</summary>
    private async Task<StoredValues<T>> StoredAsync<T>(ParquetRowGroupReader? group, CancellationToken cancellationToken)
        where T : struct
    {
        if (group is null)
        {
            return new StoredValues<T>([], null);
        }

        bool optional = _element.RepetitionType == FieldRepetitionType.OPTIONAL;
        DataField field = new(Name, typeof(T) == typeof(ReadOnlyMemory<byte>) ? typeof(byte[]) : typeof(T), isNullable: optional, isArray: false);
        _ = new ParquetSchema(field); // a field is readable once it has a place in a schema
        T[] values = new T[checked((int)group.RowCount)];
        int[]? levels = optional ? new int[values.Length] : null;
        Memory<int>? buffer = levels is null ? (Memory<int>?)null : levels.AsMemory(); // an uncast null would be an empty buffer
        await group.ReadRawAsync<T>(field, values, buffer, null, cancellationToken).ConfigureAwait(false);
        return StoredValues<T>.Of(values, levels);
    }
}
