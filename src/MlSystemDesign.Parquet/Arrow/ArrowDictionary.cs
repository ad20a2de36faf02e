using Apache.Arrow;
using MlSystemDesign.Parquet.Blocks;

namespace MlSystemDesign.Parquet.Arrow;

/// <summary>Reads arrays of codes into a dictionary of texts.</summary>
internal static class ArrowDictionary
{
    public static ColumnBlock ToBlock(string name, DictionaryArray array, IReadOnlySet<string> missingTexts)
    {
        Func<int, string?>? levelAt = array.Dictionary switch
        {
            StringArray a => row => a.GetString(row),
            LargeStringArray a => row => a.GetString(row),
            StringViewArray a => row => a.GetString(row),
            _ => null,
        };
        string type = $"dictionary of {array.Dictionary.Data.DataType.Name}";
        if (levelAt is null)
        {
            return new UnsupportedBlock(name, type, array.Length);
        }

        int[] codes = new int[array.Length];
        string[] levels = [.. Enumerable.Range(0, array.Dictionary.Length).Select(code => levelAt(code) ?? string.Empty)];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = array.Indices.IsNull(row) ? -1 : InRange(CodeAt(array.Indices, row), levels.Length, row, name);
        }

        return TextBlock.Of(name, type, codes, levels, missingTexts);
    }

    private static int InRange(long code, int count, int row, string name) => code >= 0 && code < count
        ? (int)code
        : throw new DataFormatException(
            $"A code must be a position in its dictionary of {count} texts, from 0. Got {code} in row {row + 1} of a batch, column '{name}'. Repair what made the batch.", row + 1, name);

    private static long CodeAt(IArrowArray indices, int row) => indices switch
    {
        Int8Array a => a.Values[row],
        UInt8Array a => a.Values[row],
        Int16Array a => a.Values[row],
        UInt16Array a => a.Values[row],
        Int32Array a => a.Values[row],
        UInt32Array a => a.Values[row],
        Int64Array a => a.Values[row],
        UInt64Array a => unchecked((long)a.Values[row]),
        _ => throw new NotSupportedException(indices.Data.DataType.Name),
    };
}
