using MlSystemDesign.Reporting.Html;
using MlSystemDesign.Reporting.Plots;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>This plan against doing nothing, contacting at random, a recency rule: in words, as a plot, as a table.</summary>
internal static class AlternativesSection
{
    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        IReadOnlyList<PlanAlternative> plans = Plans(content);
        if (plans.Count == 0)
        {
            return;
        }

        html.Add($"<h3>Against the alternatives</h3>\n");
        WriteSentences(html, plans);
        bool truth = plans.Any(p => p.TrueValue is not null);
        if (plans.Count(p => p.Value is not null) > 1)
        {
            string description = $"Bar chart of the expected value of each plan. {string.Join(". ", plans.Where(p => p.Value is not null).Select(p => $"{p.Name}: {ValueText(p)}"))}.";
            html.Add($"<figure><div class=\"plotbox\">{AlternativesPlot.Render(plans, content.Case.Kpi.Currency, description)}</div>\n");
            html.Add($"<figcaption>Bars: expected value. Whiskers: interval.{(truth ? " Diamonds: the true value, known here because the data come from a simulator." : string.Empty)}</figcaption></figure>\n");
        }

        WriteTable(html, plans, truth);
    }

    private static void WriteSentences(HtmlBuilder html, IReadOnlyList<PlanAlternative> plans)
    {
        if (plans.FirstOrDefault(p => p.IsThisPlan) is not { Value: { } mine } plan)
        {
            return;
        }

        List<string> lines = [];
        foreach (PlanAlternative other in plans.Where(p => !p.IsThisPlan && p.Value is not null))
        {
            Money difference = mine - other.Value!.Value;
            string size = difference.Amount == 0 ? "the same" : $"{Words.About(difference.Amount < 0 ? -difference : difference)} {(difference.Amount > 0 ? "more" : "less")}";
            lines.Add($"Against \u201C{other.Name}\u201D: {size}{(Overlap(plan, other) ? "; the intervals overlap, so the difference is not certain" : string.Empty)}.");
        }

        html.List(lines);
    }

    private static void WriteTable(HtmlBuilder html, IReadOnlyList<PlanAlternative> plans, bool truth)
    {
        bool contacts = plans.Any(p => p.Contacts is not null);
        List<string> headers = ["Plan", "#Expected value", "#Interval"];
        if (contacts)
        {
            headers.Insert(1, "#Contacts");
        }

        if (truth)
        {
            headers.Add("#True value");
        }

        html.BeginTable("Value of each plan against doing nothing, net of cost", [.. headers]);
        foreach (PlanAlternative plan in plans)
        {
            html.Add($"<tr{new Markup(plan.IsThisPlan ? " class=\"chosen\"" : string.Empty)}><th scope=\"row\">{plan.Name}</th>");
            if (contacts)
            {
                html.Add($"<td class=\"n\">{(plan.Contacts is { } count ? Words.Count(count) : string.Empty)}</td>");
            }

            _ = plan.Value is { } value
                ? html.Add($"<td class=\"n\">{Words.About(value)}</td><td class=\"n\">{(plan.Estimate is { } e ? $"{Words.Range(e)} ({Words.Percent(e.Confidence)})" : "exact")}</td>")
                : html.Add($"<td colspan=\"2\" class=\"undefined\">unknown: {plan.UnknownReason}</td>");
            if (truth)
            {
                html.Add($"<td class=\"n\">{(plan.TrueValue is { } known ? Words.About(known) : "not known")}</td>");
            }

            html.Add($"</tr>\n");
        }

        html.EndTable();
    }

    private static IReadOnlyList<PlanAlternative> Plans(DecisionReportContent content) =>
        content.Decisions is { } decisions && !content.Alternatives.Any(a => a.IsThisPlan)
            ? [PlanAlternative.Estimated("this plan", decisions.ExpectedValue) with { IsThisPlan = true, Contacts = decisions.Decisions.Count }, .. content.Alternatives]
            : content.Alternatives;

    private static bool Overlap(PlanAlternative one, PlanAlternative other) => Lower(one) <= Upper(other) && Lower(other) <= Upper(one);

    private static Money Lower(PlanAlternative plan) => plan.Estimate?.Lower ?? plan.Value!.Value;

    private static Money Upper(PlanAlternative plan) => plan.Estimate?.Upper ?? plan.Value!.Value;

    private static string ValueText(PlanAlternative plan) => Words.About(plan.Value!.Value) + (plan.Estimate is { } e ? $" ({Words.Range(e)})" : string.Empty);
}
