using System.Data;
using System.Data.Common;
using MlSystemDesign.Csv;

namespace FeatureTour;

/// <summary>The rows of a CSV file as records, for joins at reading.</summary>
internal static class CsvRows
{
    /// <summary>Reads row by row; each record can be kept.</summary>
    public static IEnumerable<IDataRecord> Of(string path)
    {
        using DbDataReader reader = CsvSource.Open(path);
        foreach (IDataRecord row in reader)
        {
            yield return row;
        }
    }

    /// <summary>Returns the text of a field; blank when missing.</summary>
    public static string Text(this IDataRecord row, string column) => row[column] as string ?? string.Empty;
}
