using System.Globalization;
using System.Text;

namespace MlSystemDesign.Reporting.Html;

/// <summary>What of a text can stand in a page: no control characters, no characters that turn the reading direction around.</summary>
internal static class PlainText
{
    /// <summary>Tells whether a character can be shown as it is.</summary>
    public static bool IsShowable(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' => true,
        (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => false,
        _ => !Rune.IsControl(rune) && (rune.Value & 0xFFFE) != 0xFFFE,
    };

    /// <summary>Replaces what cannot be shown, for texts that a plot writes into XML, and shortens them to fit an axis.</summary>
    public static string ForPlot(string text, int length)
    {
        StringBuilder clean = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            clean.Append(IsShowable(rune) ? rune.ToString() : "\uFFFD");
        }

        StringInfo info = new(clean.ToString());
        return info.LengthInTextElements <= length ? info.String : info.SubstringByTextElements(0, length - 1) + "…";
    }
}
