using MlSystemDesign.Reporting.Html;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>Whether the world has moved since training.</summary>
internal static class DriftSection
{
    /// <summary>More rows than anybody reads; the rest is counted in words.</summary>
    private const int Shown = 60;

    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        html.Add($"<section aria-labelledby=\"drift\"><h2 id=\"drift\">Has the world moved</h2>\n");
        if (content.Drift is not { } drift)
        {
            html.Add($"<p class=\"absent\">Not run: today's data were not compared with those of the training. This is no pass.</p>\n");
        }
        else
        {
            Write(html, drift, "Drift by column, worst first", "Column");
        }

        if (content.ReasonDrift is { } reasons)
        {
            html.Add($"<h3>What moves the predictions, now and before</h3>\n");
            Write(html, reasons, "Drift of SHAP values by feature, worst first", "Feature");
        }

        html.Add($"</section>\n");
    }

    private static void Write(HtmlBuilder html, DriftReport drift, string caption, string of)
    {
        html.Add($"<p>Overall: {Verdict(drift.Verdict)} {Words.Count(drift.ReferenceCount)} reference rows against {Words.Count(drift.CurrentCount)} current ones.</p>\n");
        if (drift.Columns.Count == 0)
        {
            html.Add($"<p class=\"absent\">No column was compared.</p>\n");
            return;
        }

        html.BeginTable(caption, of, "Verdict", "Statistics", "#p", "Reason");
        foreach (ColumnDrift column in drift.Columns.Take(Shown))
        {
            html.Add($"<tr><th scope=\"row\">{column.Column}</th><td>{Verdict(column.Verdict)}</td><td>{Statistics(column.Statistics)}</td>");
            html.Add($"<td class=\"n\">{(column.PValue is { } p ? Words.PValue(p) : "none")}</td><td>{column.Reason}</td></tr>\n");
        }

        html.EndTable();
        if (drift.Columns.Count > Shown)
        {
            var rest = drift.Columns.Skip(Shown).GroupBy(c => c.Verdict).OrderByDescending(g => g.Key).Select(g => $"{Words.Count(g.Count())} {Name(g.Key)}");
            html.Add($"<p>Not shown: {string.Join(", ", rest)}.</p>\n");
        }
    }

    private static Markup Statistics(IReadOnlyList<Metric> statistics)
    {
        HtmlBuilder text = new();
        for (int i = 0; i < statistics.Count; i++)
        {
            Metric metric = statistics[i];
            text.Add($"{new Markup(i == 0 ? string.Empty : "<br>")}{metric.Name} ");
            _ = metric.Value is { } value
                ? text.Add($"{Words.InUnit(value, metric.Unit)}")
                : text.Add($"<span class=\"undefined\">undefined: {metric.UndefinedReason}</span>");
        }

        return text.ToMarkup();
    }

    private static Markup Verdict(DriftVerdict verdict) => ChecksSection.Badge(
        verdict switch { DriftVerdict.Stable => "good", DriftVerdict.Material => "bad", DriftVerdict.NotComputable => "warn", _ => "plain" }, Name(verdict));

    private static string Name(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.Stable => "stable",
        DriftVerdict.ChangedButImmaterial => "changed but immaterial",
        DriftVerdict.Material => "material",
        _ => "not computable",
    };
}
