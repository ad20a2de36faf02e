using MlSystemDesign.Reporting.Html;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>What the reader must not believe: limits that follow from the content, and those that the host adds.</summary>
internal static class LimitsSection
{
    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        html.Add($"<section aria-labelledby=\"limits\"><h2 id=\"limits\">Limits</h2>\n");
        html.List([.. Standing(content), .. content.Limits]);
        html.Add($"</section>\n");
    }

    private static IEnumerable<string> Standing(DecisionReportContent content)
    {
        foreach (Intervention i in content.Case.Interventions)
        {
            yield return $"The money rests on the effect of \u201C{i.Name}\u201D: it is taken to prevent {Words.Share(i.Effect.RelativeReduction)} of outcomes (standard error {Words.Share(i.Effect.StandardError)}), from: {i.Effect.Source}. Only a control group shows whether that still holds.";
        }

        if (content.Decisions is { Decisions.Count: > 0 } decisions)
        {
            yield return $"The expected money is an average over many runs, not a promise for this one. Its interval: {decisions.ExpectedValue.Method}.";
        }

        if (content.Evaluation?.Metrics.Count(m => !m.IsDefined) is > 0 and int undefined)
        {
            yield return $"{Words.Plural(undefined, "metric")} could not be computed; the table says why.";
        }

        if (content.Leakage is not { Verdict: LeakageVerdict.Clean })
        {
            yield return content.Leakage is { Verdict: LeakageVerdict.Leaking }
                ? "A leak is proven: the predictions look better than they will be, and so does the money."
                : "That the features are free of leakage is not proven.";
        }

        if (content.Drift is { Verdict: DriftVerdict.Material })
        {
            yield return "The data have moved materially since training: probabilities, and the money, may be off.";
        }
    }
}
