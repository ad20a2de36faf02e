using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Arrays;
using Apache.Arrow.Types;
using MlSystemDesign.Parquet.Blocks;
using TimeUnit = MlSystemDesign.Parquet.Blocks.TimeUnit;

namespace MlSystemDesign.Parquet.Arrow;

/// <summary>Turns Arrow arrays into blocks.</summary>
internal static class ArrowColumns
{
    public static ColumnBlock ToBlock(string name, IArrowArray array, IReadOnlySet<string> missingTexts) => array switch
    {
        Int64Array a => new IntegerBlock(name, "int64", Copy(a), Valid(a)),
        UInt64Array a => new IntegerBlock(name, "uint64", MemoryMarshal.Cast<ulong, long>(Copy(a)).ToArray(), Valid(a), isUnsigned: true),
        Int32Array a => Integers(name, "int32", a, a.Values, value => value),
        UInt32Array a => Integers(name, "uint32", a, a.Values, value => value),
        Int16Array a => Integers(name, "int16", a, a.Values, value => value),
        UInt16Array a => Integers(name, "uint16", a, a.Values, value => value),
        Int8Array a => Integers(name, "int8", a, a.Values, value => value),
        UInt8Array a => Integers(name, "uint8", a, a.Values, value => value),
        DoubleArray { NullCount: 0 } a => new NumberBlock(name, "double", Copy(a)),
        DoubleArray a => Numbers(name, "double", a, a.Values, value => value),
        FloatArray a => Numbers(name, "float", a, a.Values, value => value),
        HalfFloatArray a => Numbers(name, "half", a, a.Values, value => (double)value),
        BooleanArray a => new BooleanBlock(name, "bool", Rows(a.Length, row => a.GetValue(row) ?? false), Valid(a)),
        Date32Array a => Times(name, "date", a, a.Values, TimeUnit.Day),
        Date64Array a => new TimeBlock(name, "date", Copy(a), Valid(a), TimeUnit.Millisecond, isInstant: false),
        TimestampArray a => Timestamps(name, a),
        StringArray a => Texts(name, "string", a.Length, row => a.GetString(row), missingTexts),
        LargeStringArray a => Texts(name, "large string", a.Length, row => a.GetString(row), missingTexts),
        StringViewArray a => Texts(name, "string view", a.Length, row => a.GetString(row), missingTexts),
        Decimal32Array a => Decimals(name, a, (Decimal32Type)a.Data.DataType),
        Decimal64Array a => Decimals(name, a, (Decimal64Type)a.Data.DataType),
        Decimal128Array a => Decimals(name, a, (Decimal128Type)a.Data.DataType),
        Decimal256Array a => Decimals(name, a, (Decimal256Type)a.Data.DataType),
        GuidArray a => new GuidBlock(name, "uuid", Rows(a.Length, a.GetGuid)),
        DictionaryArray a => ArrowDictionary.ToBlock(name, a, missingTexts),
        NullArray a => new MissingBlock(name, "null", a.Length),
        _ => new UnsupportedBlock(name, array.Data.DataType.Name, array.Length),
    };

    /// <summary>Returns the rows that have a value; empty when all have.</summary>
    public static ReadOnlyMemory<bool> Valid(IArrowArray array) => array.NullCount == 0 ? default : Rows(array.Length, array.IsValid);

    /// <summary>Copies the values: an array's memory is freed with it, or with its batch, and a history is built from all batches at the end.</summary>
    private static T[] Copy<T>(PrimitiveArray<T> array)
        where T : struct, IEquatable<T>
    {
        T[] values = array.Values.ToArray();
        GC.KeepAlive(array);
        return values;
    }

    private static IntegerBlock Integers<T>(string name, string type, IArrowArray array, ReadOnlySpan<T> values, Func<T, long> convert)
        where T : struct
    {
        long[] integers = new long[values.Length];
        for (int row = 0; row < integers.Length; row++)
        {
            integers[row] = convert(values[row]);
        }

        return new IntegerBlock(name, type, integers, Valid(array));
    }

    private static NumberBlock Numbers<T>(string name, string type, IArrowArray array, ReadOnlySpan<T> values, Func<T, double> convert)
        where T : struct
    {
        double[] numbers = new double[values.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = array.IsNull(row) ? double.NaN : convert(values[row]);
        }

        return new NumberBlock(name, type, numbers);
    }

    private static TimeBlock Times(string name, string type, IArrowArray array, ReadOnlySpan<int> values, TimeUnit unit)
    {
        long[] times = new long[values.Length];
        for (int row = 0; row < times.Length; row++)
        {
            times[row] = values[row];
        }

        return new TimeBlock(name, type, times, Valid(array), unit, isInstant: false);
    }

    /// <summary>A timestamp with a zone counts from 1970 UTC, whatever the zone; one without is a time on a clock (Arrow format, Schema.fbs, Timestamp).</summary>
    private static TimeBlock Timestamps(string name, TimestampArray array)
    {
        TimestampType type = (TimestampType)array.Data.DataType;
        (TimeUnit unit, string text) = type.Unit switch
        {
            Apache.Arrow.Types.TimeUnit.Second => (TimeUnit.Second, "s"),
            Apache.Arrow.Types.TimeUnit.Millisecond => (TimeUnit.Millisecond, "ms"),
            Apache.Arrow.Types.TimeUnit.Microsecond => (TimeUnit.Microsecond, "us"),
            _ => (TimeUnit.Nanosecond, "ns"),
        };
        bool isInstant = !string.IsNullOrEmpty(type.Timezone);
        return new TimeBlock(name, isInstant ? $"timestamp[{text}, {type.Timezone}]" : $"timestamp[{text}]", Copy(array), Valid(array), unit, isInstant);
    }

    private static TextBlock Texts(string name, string type, int count, Func<int, string?> textAt, IReadOnlySet<string> missingTexts)
    {
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        int[] codes = new int[count];
        for (int row = 0; row < count; row++)
        {
            string? text = textAt(row);
            if (text is null)
            {
                codes[row] = -1;
            }
            else if (!known.TryGetValue(text, out codes[row]))
            {
                known.Add(text, codes[row] = known.Count);
            }
        }

        return TextBlock.Of(name, type, codes, known.Keys, missingTexts);
    }

    /// <summary>Decimals without digits after the point that fit 64 bits are integers, so that they can be keys.</summary>
    private static ColumnBlock Decimals<TType>(string name, FixedSizeBinaryArray array, TType type)
        where TType : FixedSizeBinaryType
    {
        (int precision, int scale) = type switch
        {
            Decimal32Type t => (t.Precision, t.Scale),
            Decimal64Type t => (t.Precision, t.Scale),
            Decimal128Type t => (t.Precision, t.Scale),
            Decimal256Type t => (t.Precision, t.Scale),
            _ => throw new NotSupportedException(type.Name),
        };
        string text = string.Create(CultureInfo.InvariantCulture, $"decimal({precision},{scale})");
        return scale == 0 && precision <= 18
            ? new IntegerBlock(name, text, Rows(array.Length, row => array.IsNull(row) ? 0 : (long)Digits(row)), Valid(array))
            : new NumberBlock(name, text, Rows(array.Length, row => array.IsNull(row) ? double.NaN : RoundedDecimal.Of(Digits(row), scale)));

        BigInteger Digits(int row) => new(array.GetBytes(row), isUnsigned: false, isBigEndian: false);
    }

    private static T[] Rows<T>(int count, Func<int, T> read)
    {
        T[] values = new T[count];
        for (int row = 0; row < count; row++)
        {
            values[row] = read(row);
        }

        return values;
    }
}
