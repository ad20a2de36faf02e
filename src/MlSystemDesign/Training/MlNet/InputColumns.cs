using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Finds the columns of a model in ML.NET's data, and reads them: numbers of any type, texts and keys of texts.</summary>
internal static class InputColumns
{
    private const string KeyValues = "KeyValues";

    /// <summary>Finds the columns of a model, in its order.</summary>
    /// <exception cref="ArgumentException">One is missing, or of a type that cannot be read; the message names it, what was expected and what came.</exception>
    internal static DataViewSchema.Column[] Find(FeatureSchema schema, DataViewSchema input) => [.. schema.Select(feature => Find(feature, input))];

    /// <summary>Reads a number at the row's position; missing is NaN.</summary>
    internal static Func<double> Number(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        Type t when t == typeof(float) => Reader<float, double>(row, column, value => value),
        Type t when t == typeof(double) => Reader<double, double>(row, column, value => value),
        Type t when t == typeof(bool) => Reader<bool, double>(row, column, value => value ? 1 : 0),
        Type t when t == typeof(sbyte) => Reader<sbyte, double>(row, column, value => value),
        Type t when t == typeof(byte) => Reader<byte, double>(row, column, value => value),
        Type t when t == typeof(short) => Reader<short, double>(row, column, value => value),
        Type t when t == typeof(ushort) => Reader<ushort, double>(row, column, value => value),
        Type t when t == typeof(int) => Reader<int, double>(row, column, value => value),
        Type t when t == typeof(uint) => Reader<uint, double>(row, column, value => value),
        Type t when t == typeof(long) => Reader<long, double>(row, column, value => value),
        _ => Reader<ulong, double>(row, column, value => value),
    };

    /// <summary>Reads a category at the row's position as the model's code; missing and unseen are −1, and so is empty text unless the model has a level of that name.</summary>
    internal static Func<int> Code(DataViewRow row, DataViewSchema.Column column, FeatureColumn feature)
    {
        if (column.Type is TextDataViewType)
        {
            return Reader(row, column, (ReadOnlyMemory<char> text) => feature.CodeOf(text.ToString()));
        }

        VBuffer<ReadOnlyMemory<char>> keys = default;
        column.Annotations.GetValue(KeyValues, ref keys);
        int[] codes = [.. keys.DenseValues().Select(text => feature.CodeOf(text.ToString()))];

        // A key counts from 1; 0 is missing.
        return Reader(row, column, (uint key) => key == 0 || key > codes.Length ? -1 : codes[key - 1]);
    }

    private static DataViewSchema.Column Find(FeatureColumn feature, DataViewSchema input)
    {
        if (input.GetColumnOrNull(feature.Name) is not { } column)
        {
            throw new ArgumentException(
                $"The data must have the column '{feature.Name}' of the model. Got {string.Join(", ", input.Where(c => !c.IsHidden).Select(c => $"'{c.Name}'"))}. Add it in the pipeline in front of the model.");
        }

        bool isNumber = feature.Kind == ColumnKind.Number;
        bool fits = isNumber ? column.Type is NumberDataViewType or BooleanDataViewType : column.Type is TextDataViewType || IsTextKey(column);
        return fits ? column : throw new ArgumentException(
            $"Column '{feature.Name}' must be {(isNumber ? "a number or Boolean" : "a text, or a key of texts")}, as in the model. Got {column.Type}. Convert it in the pipeline in front of the model.");
    }

    private static bool IsTextKey(DataViewSchema.Column column) =>
        column.Type is KeyDataViewType && column.Type.RawType == typeof(uint) && column.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type is VectorDataViewType { ItemType: TextDataViewType };

    private static Func<TResult> Reader<TValue, TResult>(DataViewRow row, DataViewSchema.Column column, Func<TValue, TResult> convert)
    {
        ValueGetter<TValue> get = row.GetGetter<TValue>(column);
        TValue value = default!;
        return () =>
        {
            get(ref value);
            return convert(value);
        };
    }
}
