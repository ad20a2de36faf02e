using System.Text.RegularExpressions;

namespace MlSystemDesign.Explanation;

/// <summary>Text with places in braces. Filled in one pass, so that braces in what is filled in stay what they are.</summary>
internal static partial class TextTemplate
{
    /// <summary>Fills the places that have a value; others stay. <c>{{</c> and <c>}}</c> are braces.</summary>
    internal static string Fill(string template, params ReadOnlySpan<(string Place, string? Text)> values)
    {
        Dictionary<string, string?> texts = new(StringComparer.Ordinal);
        foreach ((string place, string? text) in values)
        {
            texts[place] = text;
        }

        return Place().Replace(template, match => match.Value switch
        {
            "{{" => "{",
            "}}" => "}",
            _ => texts.GetValueOrDefault(match.Groups[1].Value) ?? match.Value,
        });
    }

    /// <summary>Fills some places of a template that is filled again later: braces in the values are doubled, and doubled ones stay.</summary>
    internal static string FillFirst(string template, params ReadOnlySpan<(string Place, string? Text)> values)
    {
        Dictionary<string, string?> texts = new(StringComparer.Ordinal);
        foreach ((string place, string? text) in values)
        {
            texts[place] = text is null ? null : Escape(text);
        }

        return Place().Replace(template, match => match.Groups[1].Success ? texts.GetValueOrDefault(match.Groups[1].Value) ?? match.Value : match.Value);
    }

    /// <summary>A text as a template that gives it back.</summary>
    internal static string Escape(string text) => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\{|\}\}|\{([A-Za-z]+)\}")]
    private static partial Regex Place();
}
