using MlSystemDesign.Reporting.Html;
using MlSystemDesign.Reporting.Plots;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>How good the predictions are: metrics with intervals, ROC curve, reliability curve.</summary>
internal static class PredictionsSection
{
    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        html.Add($"<section aria-labelledby=\"predictions\"><h2 id=\"predictions\">How good the predictions are</h2>\n");
        if (content.Evaluation is not { } evaluation)
        {
            html.Add($"<p class=\"absent\">Not run: the predictions were not evaluated. Nothing is known of their quality.</p>\n</section>\n");
            return;
        }

        html.Add($"<p>Measured on rows kept from all fitting, later in time than everything the model has learnt from.</p>\n");
        WriteMetrics(html, evaluation.Metrics);
        if (evaluation.Metrics.FirstOrDefault(IsAuc)?.Value is { } auc)
        {
            html.Add($"<p>In words: of two {content.EntityName}, one with and one without the outcome, the model ranks the right one first in {Words.Share(auc)} of cases; chance would give 50 %.</p>\n");
        }

        html.Add($"<div class=\"pair\">\n");
        WriteRoc(html, evaluation);
        WriteReliability(html, evaluation);
        html.Add($"</div>\n</section>\n");
    }

    private static bool IsAuc(Metric metric) => metric.Name is "AUC-ROC" or "ROC AUC" or "AUC";

    private static void WriteMetrics(HtmlBuilder html, IReadOnlyList<Metric> metrics)
    {
        html.BeginTable("Metrics", "Metric", "#Value", "#Interval", "Method", "#n", "Better");
        foreach (Metric metric in metrics)
        {
            html.Add($"<tr><th scope=\"row\">{metric.Name}</th>{ValueCells(metric)}<td class=\"n\">{Words.Count(metric.Count)}</td><td>{Better(metric.Direction)}</td></tr>\n");
        }

        html.EndTable();
    }

    private static Markup ValueCells(Metric metric)
    {
        HtmlBuilder cells = new();
        if (metric.Value is not { } value)
        {
            cells.Add($"<td colspan=\"3\" class=\"undefined\">undefined: {metric.UndefinedReason}</td>");
        }
        else
        {
            cells.Add($"<td class=\"n\">{Words.InUnit(value, metric.Unit)}</td>");
            _ = metric.Interval is { } i
                ? cells.Add($"<td class=\"n\">{Words.InUnit(i.Lower, metric.Unit)} to {Words.InUnit(i.Upper, metric.Unit)}</td><td class=\"method\">{Words.Percent(i.Confidence)} {i.Method}</td>")
                : cells.Add($"<td colspan=\"2\" class=\"method\">no interval</td>");
        }

        return new Markup(cells.ToString());
    }

    private static string Better(MetricDirection direction) => direction switch
    {
        MetricDirection.HigherIsBetter => "higher",
        MetricDirection.LowerIsBetter => "lower",
        _ => "describes",
    };

    private static void WriteRoc(HtmlBuilder html, EvaluationReport evaluation)
    {
        html.Add($"<figure><h3>ROC curve</h3>");
        Metric? auc = evaluation.Metrics.FirstOrDefault(IsAuc);
        if (evaluation.Roc.Count == 0)
        {
            html.Add($"<p class=\"undefined\">No ROC curve: {auc?.UndefinedReason ?? "the evaluation gave none."}</p></figure>\n");
            return;
        }

        string description = $"ROC curve of {Words.Count(evaluation.Roc.Count)} points{(auc is null ? string.Empty : $"; {auc}")}.";
        html.Add($"<div class=\"plotbox narrow\">{PredictionPlots.Roc(evaluation.Roc, description)}</div>\n");
        html.Add($"<figcaption>The further above the dashed line, the better those with the outcome are ranked above those without. The dashed line is chance.</figcaption></figure>\n");
    }

    private static void WriteReliability(HtmlBuilder html, EvaluationReport evaluation)
    {
        html.Add($"<figure><h3>Reliability</h3>");
        ReliabilityBin[] bins = [.. evaluation.Reliability.Where(b => b.Observed.IsDefined)];
        if (bins.Length == 0)
        {
            string reason = evaluation.Reliability is [{ Observed.UndefinedReason: { } undefined }, ..] ? $": {undefined}" : ValueSection.Because(evaluation, "reliab");
            html.Add($"<p class=\"undefined\">No reliability curve{reason}</p></figure>\n");
            return;
        }

        string description = $"Reliability curve: {string.Join(", ", bins.Select(b => $"predicted {Words.Share(b.Predicted)} observed {Words.Share(b.Observed.Value!.Value)}"))}.";
        html.Add($"<div class=\"plotbox narrow\">{PredictionPlots.Reliability(bins, description)}</div>\n");
        html.Add($"<figcaption>On the dashed line predicted and observed agree. Bars: Wilson interval of the observed share.</figcaption></figure>\n");
    }
}
