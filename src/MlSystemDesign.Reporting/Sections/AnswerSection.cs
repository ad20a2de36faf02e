using MlSystemDesign.Reporting.Html;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>The answer in plain words: who, with what, when, at what cost, for how much.</summary>
internal static class AnswerSection
{
    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        html.Add($"<section aria-labelledby=\"answer\"><h2 id=\"answer\">The answer</h2>\n");
        html.Add($"<p class=\"question\">The question: {content.Case.Decision}</p>\n");
        if (content.Decisions is not { } decisions)
        {
            html.Add($"<p class=\"absent\">No decision was made: this report holds no decisions.</p>\n");
        }
        else if (decisions.Decisions.Count == 0)
        {
            html.Add($"<p class=\"lead\">Contact <strong>nobody</strong>: among {Words.Count(decisions.Candidates)} {content.EntityName} there is none for whom an action is expected to pay.</p>\n");
            WriteNoAction(html, decisions);
        }
        else
        {
            WriteLead(html, content, decisions);
            WriteTiles(html, content, decisions);
            WriteActions(html, decisions);
            WriteNoAction(html, decisions);
        }

        AlternativesSection.Write(html, content);
        html.Add($"</section>\n");
    }

    private static void WriteLead(HtmlBuilder html, DecisionReportContent content, DecisionSet decisions)
    {
        MoneyEstimate value = decisions.ExpectedValue;
        string actions = Join([.. ByAction(decisions).Select(a => $"{Words.Count(a.Count())} with {a.Key}")]);
        html.Add(
            $"<p class=\"lead\">Contact <strong>{Words.Count(decisions.Decisions.Count)} of {Words.Count(decisions.Candidates)} {content.EntityName}</strong>: {actions}. It costs <strong>{Words.Exact(decisions.Cost)}</strong> and is expected to keep <strong>{Words.About(value.Value)}</strong> on top of that cost, with {Words.Percent(value.Confidence)} confidence between {Words.Between(value)}.</p>\n");
        if (value.Lower.Amount <= 0)
        {
            html.Add($"<p class=\"note warn\">The interval includes a loss: it is not certain that the plan pays. A small trial with a control group would tell before all of the money is spent.</p>\n");
        }
    }

    private static void WriteTiles(HtmlBuilder html, DecisionReportContent content, DecisionSet decisions)
    {
        MoneyEstimate value = decisions.ExpectedValue;
        html.Add($"<dl class=\"tiles\">\n");
        html.Add($"<div><dt>Who</dt><dd>{Words.Count(decisions.Decisions.Count)} {content.EntityName}<small>of {Words.Count(decisions.Candidates)} looked at</small></dd></div>\n");
        html.Add($"<div><dt>When</dt><dd>{When(decisions.Decisions)}</dd></div>\n");
        string budget = content.Case.Budget is { } limit ? $"of a budget of {Words.Exact(limit)}" : "no budget limit";
        html.Add($"<div><dt>Cost</dt><dd>{Words.Exact(decisions.Cost)}<small>{budget}</small></dd></div>\n");
        html.Add($"<div class=\"main\"><dt>Expected to keep</dt><dd>{Words.About(value.Value)}<small>{Words.Percent(value.Confidence)} interval {Words.Range(value)}, net of cost</small></dd></div>\n");
        html.Add($"</dl>\n");
    }

    private static void WriteActions(HtmlBuilder html, DecisionSet decisions)
    {
        html.BeginTable("With what, and when", "Action", "#Contacts", "#Cost", "#Expected to keep, net", "Not before", "Not after");
        foreach (IGrouping<string, Decision> action in ByAction(decisions))
        {
            Money cost = Sum(action.Select(d => d.Cost), decisions.Cost.Currency), value = Sum(action.Select(d => d.ExpectedValue.Value), decisions.Cost.Currency);
            html.Add($"<tr><th scope=\"row\">{action.Key}</th><td class=\"n\">{Words.Count(action.Count())}</td><td class=\"n\">{Words.Exact(cost)}</td><td class=\"n\">{Words.About(value)}</td>");
            html.Add($"<td>{Span(action.Select(d => d.NotBefore))}</td><td>{Span(action.Select(d => d.NotAfter))}</td></tr>\n");
        }

        html.EndTable();
    }

    private static void WriteNoAction(HtmlBuilder html, DecisionSet decisions)
    {
        if (decisions.NoAction.Count > 0)
        {
            html.Add($"<p>Left alone: {Join([.. decisions.NoAction.Select(r => $"{Words.Count(r.Count)} ({r.Reason})")])}.</p>\n");
        }
    }

    /// <summary>Largest group first, then by name, so that equal decisions give equal text.</summary>
    private static IEnumerable<IGrouping<string, Decision>> ByAction(DecisionSet decisions) =>
        decisions.Decisions.GroupBy(d => d.Intervention, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal);

    private static Money Sum(IEnumerable<Money> amounts, Currency currency) => amounts.Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);

    private static Markup When(IReadOnlyList<Decision> decisions)
    {
        HtmlBuilder text = new();
        text.Add($"from {Words.Instant(decisions.Min(d => d.NotBefore))}<small>not before; not after {Span(decisions.Select(d => d.NotAfter))}</small>");
        return new Markup(text.ToString());
    }

    private static string Span(IEnumerable<DateTimeOffset> instants)
    {
        DateTimeOffset[] all = [.. instants];
        return all.Min() == all.Max() ? Words.Instant(all[0]) : $"{Words.Instant(all.Min())} to {Words.Instant(all.Max())}";
    }

    private static string Join(IReadOnlyList<string> parts) => parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";
}
