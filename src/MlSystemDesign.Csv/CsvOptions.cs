using System.Text;

namespace MlSystemDesign.Csv;

/// <summary>How a CSV file is written.</summary>
public sealed record CsvOptions
{
    /// <summary>Gets the character between fields; <see langword="null"/> finds it from the header line (comma, semicolon, tab or bar).</summary>
    /// <value>The default is the comma.</value>
    public char? Delimiter { get; init; } = ',';

    /// <summary>Gets the encoding of a file that has no byte order mark. Bytes that it cannot decode are an error, never replaced.</summary>
    /// <value>The default is UTF-8.</value>
    public Encoding Encoding { get; init; } = Encoding.UTF8;
}
