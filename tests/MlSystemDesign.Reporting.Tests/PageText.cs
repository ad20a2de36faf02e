using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace MlSystemDesign.Reporting.Tests;

/// <summary>Reads a page the way a person does.</summary>
internal static partial class PageText
{
    /// <summary>The visible text: no style sheet, no tags, entities decoded, every space a plain one.</summary>
    public static string Of(string html)
    {
        string body = html[html.IndexOf("<body>", StringComparison.Ordinal)..];
        return Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(body, " ")), " ");
    }

    public static string Of(DecisionReportContent content) => Of(DecisionReport.Render(content));

    public static T In<T>(string culture, Func<T> work)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return work();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"[\s\u00A0]+")]
    private static partial Regex Spaces();
}
