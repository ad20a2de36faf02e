using System.Text;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Reporting.Html;
using MlSystemDesign.Reporting.Sections;

namespace MlSystemDesign.Reporting;

/// <summary>Writes one self-contained HTML page: the answer in plain words first, what an analyst needs after it.</summary>
/// <remarks>The page needs no other file, no script and no network; plots are inline SVG. Equal content gives equal bytes, in any culture and time zone.
/// Everything that comes from data is escaped. What is undefined or was not run is shown with its reason, never as 0. Lists that grow with the data are cut to
/// what a person reads, and the page says so; a page stays well under 1 MB.</remarks>
public static class DecisionReport
{
    private static readonly (string Id, string Title)[] Contents =
    [
        ("answer", "The answer"), ("decisions", "Who comes first"), ("constraints", "What holds it back"), ("value", "How much is enough"),
        ("predictions", "Predictions"), ("drivers", "Drivers"), ("checks", "Checks"), ("drift", "Drift"), ("making", "How it was made"), ("limits", "Limits"),
    ];

    /// <summary>Renders the page.</summary>
    /// <param name="content">What to tell.</param>
    /// <returns>A complete HTML document; lines end with a line feed.</returns>
    /// <exception cref="ArgumentException">An amount is not in the currency of the KPI.</exception>
    public static string Render(DecisionReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        RequireOneCurrency(content);
        HtmlBuilder body = new();
        AnswerSection.Write(body, content);
        DecisionsSection.Write(body, content);
        ConstraintsSection.Write(body, content);
        ValueSection.Write(body, content);
        PredictionsSection.Write(body, content);
        DriversSection.Write(body, content);
        ChecksSection.Write(body, content);
        DriftSection.Write(body, content);
        MakingSection.Write(body, content);
        LimitsSection.Write(body, content);
        return Page(content, body.ToMarkup());
    }

    /// <summary>Renders the page and writes it as UTF-8. An existing file is replaced only once the new one is complete; the folder is created when it is missing.</summary>
    /// <param name="path">Where to, such as <c>out/report.html</c>.</param>
    /// <param name="content">What to tell.</param>
    /// <param name="cancellationToken">Stops the work; nothing half-written stays.</param>
    /// <exception cref="ArgumentException">An amount is not in the currency of the KPI.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing half-written stays.</exception>
    public static async Task WriteAsync(string path, DecisionReportContent content, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] page = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(Render(content));
        await AtomicFile.WriteAsync(path, (stream, token) => stream.WriteAsync(page, token), cancellationToken).ConfigureAwait(false);
    }

    private static string Page(DecisionReportContent content, Markup body)
    {
        HtmlBuilder html = new();
        html.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        html.Add($"<title>{content.Title}</title>\n<style>\n{new Markup(ReportStyle.Css.ReplaceLineEndings("\n"))}\n</style>\n</head>\n<body>\n");
        html.Add($"<header><h1>{content.Title}</h1>\n<p class=\"meta\">{content.Case.Name}{(content.GeneratedAt is { } at ? " · " + Words.Instant(at) : string.Empty)}</p>\n");
        html.Add($"<nav aria-label=\"Contents\"><ul>");
        foreach (var (id, title) in Contents.Where(c => body.Text.Contains($"id=\"{c.Id}\"", StringComparison.Ordinal)))
        {
            html.Add($"<li><a href=\"#{id}\">{title}</a></li>");
        }

        html.Add($"</ul></nav></header>\n<main>\n{body}</main>\n");
        html.Add($"<footer>Expected money is a forecast with an interval, not a promise. Times are UTC.</footer>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void RequireOneCurrency(DecisionReportContent content)
    {
        Currency currency = content.Case.Kpi.Currency;
        IEnumerable<(string Where, Currency Currency)> amounts =
        [
            .. content.Alternatives.Where(a => a.Value is not null).Select(a => ($"alternative '{a.Name}'", a.Value!.Value.Currency)),
            .. content.Alternatives.Where(a => a.TrueValue is not null).Select(a => ($"true value of '{a.Name}'", a.TrueValue!.Value.Currency)),
            .. content.Decisions is { } d ? [("decisions", d.Cost.Currency), ("expected value", d.ExpectedValue.Value.Currency)] : Array.Empty<(string, Currency)>(),
            .. (content.Evaluation?.ValueCurve ?? []).Select(p => ("value curve", p.Value.Value.Currency)),
        ];
        foreach (var (where, found) in amounts)
        {
            if (found != currency)
            {
                throw new ArgumentException($"Every amount of a report must be in the currency of the KPI, {currency}. Got {found} in the {where}. State all in one currency.", nameof(content));
            }
        }
    }
}
