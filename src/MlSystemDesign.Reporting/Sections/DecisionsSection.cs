using MlSystemDesign.Reporting.Html;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>The first decisions of the list, with their reasons.</summary>
internal static class DecisionsSection
{
    public const int Shown = 20;
    private const int Columns = 8;

    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        if (content.Decisions is not { Decisions: { Count: > 0 } all })
        {
            return;
        }

        html.Add($"<section aria-labelledby=\"decisions\"><h2 id=\"decisions\">Who comes first</h2>\n");
        html.Add($"<p>{(all.Count > Shown ? $"The first {Words.Count(Shown)} of {Words.Count(all.Count)} decisions" : "All decisions")}, highest expected value first. The probability is that of the outcome if nothing is done.</p>\n");
        html.BeginTable("Decisions", "Who", "Action", "Not before", "Not after", "#Probability", "#At stake", "#Cost", "#Expected to keep, net");
        foreach (Decision decision in all.Take(Shown))
        {
            html.Add($"<tr><th scope=\"row\">{decision.Entity.ToString()}</th><td>{decision.Intervention}</td><td>{Words.Instant(decision.NotBefore)}</td><td>{Words.Instant(decision.NotAfter)}</td>");
            html.Add($"<td class=\"n\">{Words.Share(decision.Probability)}</td><td class=\"n\">{Words.About(decision.ValueAtStake)}</td><td class=\"n\">{Words.Exact(decision.Cost)}</td>");
            html.Add($"<td class=\"n\">{Words.About(decision.ExpectedValue.Value)}<small>{Words.Range(decision.ExpectedValue)}</small></td></tr>\n");

            // Reasons are sentences: beside eight figures they would have no room.
            html.Add($"<tr class=\"why\"><td colspan=\"{Columns}\">{string.Join("; ", decision.Reasons)}</td></tr>\n");
        }

        html.EndTable();
        html.Add($"</section>\n");
    }
}
