using System.Text;

namespace MlSystemDesign.Reporting.Html;

/// <summary>Markup that is safe to write as it is.</summary>
internal readonly record struct Markup(string Text);

/// <summary>Collects HTML. The literal parts of an interpolated string are markup; every value in it is escaped, so that no data can become markup.</summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _html = new();

    /// <summary>Adds an interpolated string; there is no overload for plain text on purpose.</summary>
    public HtmlBuilder Add(ref EscapingHandler handler)
    {
        _html.Append(handler.Html);
        return this;
    }

    /// <summary>Starts a table in a box that scrolls sideways on a narrow screen. A header that starts with # is of a number column.</summary>
    public void BeginTable(string caption, params ReadOnlySpan<string> headers)
    {
        Add($"<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table><caption>{caption}</caption><thead><tr>");
        foreach (string header in headers)
        {
            Add($"<th scope=\"col\"{new Markup(header.StartsWith('#') ? " class=\"n\"" : string.Empty)}>{header.TrimStart('#')}</th>");
        }

        Add($"</tr></thead><tbody>\n");
    }

    /// <summary>Ends a table.</summary>
    public void EndTable() => Add($"</tbody></table></div>\n");

    /// <summary>Adds lines as a list.</summary>
    public void List(IEnumerable<string> lines)
    {
        Add($"<ul>\n");
        foreach (string line in lines)
        {
            Add($"<li>{line}</li>\n");
        }

        Add($"</ul>\n");
    }

    /// <summary>Gives what was collected, to be put into other markup.</summary>
    public Markup ToMarkup() => new(ToString());

    public override string ToString() => _html.ToString();
}
