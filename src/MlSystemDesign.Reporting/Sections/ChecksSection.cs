using MlSystemDesign.Reporting.Html;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>What was checked: run, not run, undefined; and what the leakage guard found.</summary>
internal static class ChecksSection
{
    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        html.Add($"<section aria-labelledby=\"checks\"><h2 id=\"checks\">What was checked</h2>\n");
        if (content.Leakage is { } leakage)
        {
            html.Add($"<p>Leakage (does a feature use what could not be known at the time?): {Verdict(leakage.Verdict)}</p>\n");
            WriteFindings(html, leakage.Findings);
        }
        else
        {
            html.Add($"<p class=\"absent\">Not run: the features were not inspected for leakage. This is no pass.</p>\n");
        }

        (string Part, IReadOnlyList<CheckOutcome> Checks)[] parts =
            [("leakage", content.Leakage?.Checks ?? []), ("evaluation", content.Evaluation?.Checks ?? []), ("drift", content.Drift?.Checks ?? [])];
        if (parts.Any(p => p.Checks.Count > 0))
        {
            html.BeginTable("Checks; one that did not run is no pass", "Check", "Part", "Result", "Detail");
            foreach (var (part, checks) in parts)
            {
                foreach (CheckOutcome check in checks)
                {
                    html.Add($"<tr><th scope=\"row\">{check.Check}</th><td>{part}</td><td>{Status(check.Status)}</td><td>{check.Detail}</td></tr>\n");
                }
            }

            html.EndTable();
        }

        html.Add($"</section>\n");
    }

    private static void WriteFindings(HtmlBuilder html, IReadOnlyList<LeakageFinding> findings)
    {
        if (findings.Count == 0)
        {
            html.Add($"<p>No findings.</p>\n");
            return;
        }

        html.BeginTable("Leakage findings", "Severity", "Feature", "Check", "Evidence", "Remedy");
        foreach (LeakageFinding finding in findings)
        {
            html.Add($"<tr><td>{(finding.Severity == LeakageSeverity.Proven ? Badge("bad", "proven") : Badge("warn", "suspicion"))}</td><th scope=\"row\">{finding.Column ?? "all"}</th>");
            html.Add($"<td>{finding.Check}</td><td>{finding.Evidence}</td><td>{finding.Remedy}</td></tr>\n");
        }

        html.EndTable();
    }

    private static Markup Verdict(LeakageVerdict verdict) => verdict switch
    {
        LeakageVerdict.Clean => Badge("good", "clean"),
        LeakageVerdict.Leaking => Badge("bad", "leaking"),
        _ => Badge("warn", "not tested"),
    };

    private static Markup Status(CheckStatus status) => status switch
    {
        CheckStatus.Run => Badge("good", "run"),
        CheckStatus.NotRun => Badge("warn", "not run"),
        _ => Badge("warn", "undefined"),
    };

    /// <summary>A word on a coloured ground: the word carries the meaning, the colour only helps.</summary>
    public static Markup Badge(string kind, string word) => new HtmlBuilder().Add($"<span class=\"badge {kind}\">{word}</span>").ToMarkup();
}
