using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace MlSystemDesign.Parquet.Files;

/// <summary>Keeps booleans that the decoder would get wrong from being read at all.</summary>
internal static class ParquetBooleans
{
    /// <summary>Parquet.Net 6.1 reads run-length encoded booleans as wrong values, without an error.</summary>
    /// <exception cref="DataFormatException">The booleans of the row group are encoded so.</exception>
    public static void RequireReadable(ParquetRowGroupReader? group, string name)
    {
        ColumnMetaData? chunk = group?.RowGroup.Columns.Find(c => c.MetaData?.PathInSchema is [var only] && string.Equals(only, name, StringComparison.Ordinal))?.MetaData;
        if (chunk is null)
        {
            return;
        }

        // The list of encodings names that of the levels too, which is always run-length; the counts per page are exact, where a file has them.
        bool isRunLength = chunk.EncodingStats is { Count: > 0 } pages
            ? pages.Exists(p => p.PageType is PageType.DATA_PAGE or PageType.DATA_PAGE_V2 && p.Encoding == Encoding.RLE)
            : chunk.Encodings.Contains(Encoding.RLE) && !chunk.Encodings.Contains(Encoding.PLAIN);
        if (isRunLength)
        {
            throw new DataFormatException(
                $"Booleans must be stored plain. Got run-length encoding in column '{name}'. Write the file with data pages of version 1, or the column as an integer.", column: name);
        }
    }
}
