using System.Text;
using Sylvan.Data.Csv;

namespace MlSystemDesign.Csv;

/// <summary>Says what is wrong with a file in our words.</summary>
internal static class CsvFaults
{
    public static T Translate<T>(Func<T> read, string name, Func<long?> row)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (Describe(fault) is not null)
        {
            throw ToException(fault, name, row());
        }
    }

    public static async Task<T> TranslateAsync<T>(Task<T> read, string name, Func<long?> row)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception fault) when (Describe(fault) is not null)
        {
            throw ToException(fault, name, row());
        }
    }

    private static DataFormatException ToException(Exception fault, string name, long? row)
    {
        (string must, string came, string remedy) = Describe(fault)!.Value;
        return new DataFormatException($"{must}. Got {came} in '{name}'{(row is null ? string.Empty : $", data row {row}")}. {remedy}.", row, innerException: fault);
    }

    private static (string Must, string Came, string Remedy)? Describe(Exception fault) => fault switch
    {
        CsvMissingHeadersException => ("A CSV file must start with a header line", "an empty file", "Check the path and whether the export finished"),
        CsvRecordTooLargeException => ("A CSV row must be shorter than 16 million characters", "a longer one", "Look for a quote that is never closed"),
        CsvFormatException => ("A CSV field must be quoted as in RFC 4180", "broken quoting", "Double the quotes inside a quoted field, and close it"),
        DecoderFallbackException => ("A CSV file must be in the stated encoding", "bytes that are not", "Save it as UTF-8, or state CsvOptions.Encoding"),
        InvalidDataException or EndOfStreamException => ("A gzip file must be whole", "a broken archive", "Copy or export it again"),
        _ => null,
    };
}
