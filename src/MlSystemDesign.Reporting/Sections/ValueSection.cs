using MlSystemDesign.Reporting.Html;
using MlSystemDesign.Reporting.Plots;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>Value against the number of contacts, and what the plan would have brought on the rows kept from training.</summary>
internal static class ValueSection
{
    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        html.Add($"<section aria-labelledby=\"value\"><h2 id=\"value\">How much is enough</h2>\n");
        if (content.Evaluation is not { } evaluation)
        {
            html.Add($"<p class=\"absent\">Not run: the predictions were not evaluated, so there is no value curve.</p>\n</section>\n");
            return;
        }

        if (evaluation.ValueCurve.Count == 0)
        {
            html.Add($"<p class=\"absent\">Not run: the evaluation gave no value curve{Because(evaluation, "value")}</p>\n");
        }
        else
        {
            WriteCurve(html, content, evaluation.ValueCurve);
        }

        if (evaluation.DecisionValue is { } judged)
        {
            html.Add($"<p>Judged by what then happened on rows kept from training, the same policy would have kept <strong>{Words.About(judged.Value)}</strong> ({Words.Percent(judged.Confidence)} interval {Words.Range(judged)}), net of cost. <span class=\"method\">{judged.Method}</span></p>\n");
        }

        if (evaluation.PickedCalibration is { } picked)
        {
            _ = picked.Value is { } ratio
                ? html.Add($"<p>Among those that the policy picked, outcomes were {Words.Ratio(ratio)} times as frequent as predicted{(picked.Interval is { } i ? $" ({Words.Percent(i.Confidence)} interval {Words.Ratio(i.Lower)} to {Words.Ratio(i.Upper)})" : string.Empty)}, n = {Words.Count(picked.Count)}; 1 means that the money is right where it is spent.</p>\n")
                : html.Add($"<p class=\"undefined\">{picked.Name} undefined: {picked.UndefinedReason}</p>\n");
        }

        html.Add($"</section>\n");
    }

    /// <summary>The reason that a report gives for a check that did not run, as the end of a sentence.</summary>
    public static string Because(EvaluationReport report, string word) =>
        report.Checks.FirstOrDefault(c => c.Status != CheckStatus.Run && c.Check.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } check ? $": {check.Detail}" : ".";

    private static void WriteCurve(HtmlBuilder html, DecisionReportContent content, IReadOnlyList<ValuePoint> curve)
    {
        ValuePoint best = curve.MaxBy(p => p.Value.Value.Amount)!;
        int? chosen = content.Decisions?.Decisions.Count;
        bool inside = chosen is { } count && ValueCurvePlot.ValueAt(curve, count) is not null;
        string description = $"Expected value by number of {content.EntityName} contacted, from {Words.Count(curve[0].Contacts)} to {Words.Count(curve[^1].Contacts)}. " +
            $"It is highest at {Words.Count(best.Contacts)} contacts with {Words.About(best.Value.Value)} ({Words.Range(best.Value)})." +
            (inside ? $" The plan contacts {Words.Count(chosen!.Value)}." : string.Empty);
        html.Add($"<p>On rows kept from training, contacting the best-ranked first and without the limits of budget and capacity, the expected value is highest at {Words.Count(best.Contacts)} contacts: {Words.About(best.Value.Value)} ({Words.Range(best.Value)}), at a cost of {Words.Exact(best.Spend)}.</p>\n");
        html.Add($"<figure><div class=\"plotbox\">{ValueCurvePlot.Render(curve, inside ? chosen : null, content.EntityName, content.Case.Kpi.Currency, description)}</div>\n");
        html.Add($"<figcaption>Line: expected value on rows kept from training. Band: {Words.Percent(curve[0].Value.Confidence)} interval.{(inside ? " Dot: as many contacts as this plan makes." : string.Empty)}</figcaption></figure>\n");
        if (chosen is not null && !inside)
        {
            html.Add($"<p class=\"note\">This plan contacts {Words.Count(chosen.Value)}, which lies outside of the curve, so it is not marked.</p>\n");
        }
    }
}
