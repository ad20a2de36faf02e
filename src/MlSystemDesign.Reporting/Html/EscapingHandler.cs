using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MlSystemDesign.Reporting.Html;

/// <summary>Formats an interpolated string into HTML: its literal parts are taken as they are, its values are escaped.</summary>
/// <remarks>Only text, whole numbers and <see cref="Markup"/> are taken, so that no value is formatted in the culture of the machine by accident.</remarks>
[InterpolatedStringHandler]
internal readonly ref struct EscapingHandler
{
    private readonly StringBuilder _html;

    public EscapingHandler(int literalLength, int formattedCount) => _html = new StringBuilder(literalLength + (16 * formattedCount));

    /// <summary>Gets the markup so far.</summary>
    public StringBuilder Html => _html;

    public void AppendLiteral(string markup) => _html.Append(markup);

    public void AppendFormatted(int number) => _html.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Markup markup) => _html.Append(markup.Text);

    public void AppendFormatted(string? text)
    {
        foreach (Rune rune in text.AsSpan().EnumerateRunes())
        {
            _html.Append(rune.Value switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => PlainText.IsShowable(rune) ? rune.ToString() : "\uFFFD",
            });
        }
    }
}
