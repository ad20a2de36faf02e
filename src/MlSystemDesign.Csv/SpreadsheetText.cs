using System.Buffers;
using System.Text;

namespace MlSystemDesign.Csv;

/// <summary>Writes text so that a spreadsheet shows it and never runs it.</summary>
/// <remarks>A cell that starts with = + - @, a tab or a line end is a formula to a spreadsheet; a leading apostrophe makes it text (OWASP, "CSV Injection").
/// Spreadsheets of many countries split lines at semicolons, whatever the quotes say, so what follows one is treated as the start of a cell too.</remarks>
internal static class SpreadsheetText
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(",\";\t\r\n");

    /// <summary>Returns the text as a CSV field: harmless, and quoted as in RFC 4180 where needed.</summary>
    public static string Field(string text)
    {
        StringBuilder cell = new(text.Length + 2);
        bool atStart = true;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (atStart && (IsTrigger(c) || (i == 0 && c is '\t' or '\r' or '\n')))
            {
                cell.Append('\'');
            }

            // Blanks and quotes after a separator do not keep a cell from starting.
            atStart = c is ';' or '\t' or '\r' or '\n' || (atStart && c is ' ' or '"');
            cell.Append(c);
        }

        return Quoted(cell.ToString());
    }

    private static bool IsTrigger(char c) => c is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(Separators) || text.StartsWith(' ') || text.EndsWith(' ')
            ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : text;
}
