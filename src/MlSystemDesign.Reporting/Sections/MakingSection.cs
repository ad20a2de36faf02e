using System.Globalization;
using MlSystemDesign.Reporting.Html;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>How it was made: case, frame, features, model, remarks, hashes.</summary>
internal static class MakingSection
{
    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        html.Add($"<section aria-labelledby=\"making\"><h2 id=\"making\">How it was made</h2>\n<dl class=\"facts\">\n");
        BusinessCase @case = content.Case;
        Fact(html, "Business case", @case.Name);
        Fact(html, "Success is", $"{@case.Kpi.Name}; one outcome is worth {@case.Kpi.Value}");
        Fact(html, "Limits", string.Join("; ", CaseLimits(@case)));
        if (content.Frame is { } frame)
        {
            Fact(html, "Predicted", $"{frame.Name}: the outcome within {Words.Length(frame.Horizon)}, counted from {(frame.LeadTime == TimeSpan.Zero ? "the cutoff" : Words.Length(frame.LeadTime) + " after the cutoff")}");
        }

        Fact(html, "Model", content.Model is { } model ? $"{model.Algorithm} on {Words.Plural(model.Schema.Count, "feature")}" : "not stated");
        html.Add($"</dl>\n");
        WriteInterventions(html, @case);
        WriteRemarks(html, "Data", content.DataRemarks);
        WriteRemarks(html, "Training", [.. content.TrainingRemarks, .. Facts(content.Model)]);
        WriteFeatures(html, content.Model);
        html.Add($"<h3>Fingerprints</h3>\n<dl class=\"facts\">\n");
        Fact(html, "System", content.SystemHash.Length > 0 ? content.SystemHash : "not stated", "hash");
        Fact(html, "Policy", content.PolicyHash.Length > 0 ? content.PolicyHash : "not stated", "hash");
        Fact(html, "KPI", @case.Kpi.Hash, "hash");
        html.Add($"</dl>\n<p>Numbers of reports with different KPI fingerprints must not be compared.</p>\n</section>\n");
    }

    private static IEnumerable<string> CaseLimits(BusinessCase @case)
    {
        yield return @case.Budget is { } budget ? $"budget {Words.Exact(budget)} per run" : "no budget limit";
        yield return @case.Capacity is { } capacity ? $"{Words.Plural(capacity, "contact")} per run" : "no limit on contacts";
    }

    private static void WriteInterventions(HtmlBuilder html, BusinessCase @case)
    {
        html.BeginTable("What can be done", "Action", "#Cost", "#Outcomes prevented", "Source", "Time to reach", "Capacity", "Only for");
        foreach (Intervention i in @case.Interventions)
        {
            html.Add($"<tr><th scope=\"row\">{i.Name}</th><td class=\"n\">{Words.Exact(i.Cost)}</td><td class=\"n\">{Words.Share(i.Effect.RelativeReduction)}<small>standard error {Words.Share(i.Effect.StandardError)}</small></td><td>{i.Effect.Source}</td>");
            html.Add($"<td>{Words.Length(i.LeadTime)}</td><td>{(i.Capacity is { } most ? Words.Count(most) : "no limit")}</td><td>{(i.Eligibility.Count == 0 ? "everybody" : string.Join(" and ", i.Eligibility))}</td></tr>\n");
        }

        html.EndTable();
    }

    private static void WriteRemarks(HtmlBuilder html, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            html.Add($"<h3>{title}</h3>\n");
            html.List(lines);
        }
    }

    /// <summary>In the order of the names: a dictionary promises none.</summary>
    private static IEnumerable<string> Facts(TrainedModel? model) =>
        model is null ? [] : model.Facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}: {f.Value}");

    private static void WriteFeatures(HtmlBuilder html, TrainedModel? model)
    {
        if (model is null)
        {
            return;
        }

        html.Add($"<details><summary>The {Words.Plural(model.Schema.Count, "feature")}</summary>\n");
        html.BeginTable("Features", "Feature", "Kind", "Unit", "Where it comes from", "Value for nothing");
        foreach (FeatureColumn column in model.Schema)
        {
            string nothing = double.IsNaN(column.ValueForNothing) ? "missing" : column.ValueForNothing.ToString("R", CultureInfo.InvariantCulture);
            html.Add($"<tr><th scope=\"row\">{column.Name}</th><td>{(column.Kind == ColumnKind.Number ? "number" : Words.Plural(column.Levels.Count, "level"))}</td><td>{column.Unit ?? string.Empty}</td><td>{(column.Lineage.Length > 0 ? column.Lineage : "given")}</td><td>{nothing}</td></tr>\n");
        }

        html.EndTable();
        html.Add($"</details>\n");
    }

    private static void Fact(HtmlBuilder html, string name, string value, string cssClass = "") =>
        html.Add($"<div><dt>{name}</dt><dd class=\"{cssClass}\">{value}</dd></div>\n");
}
