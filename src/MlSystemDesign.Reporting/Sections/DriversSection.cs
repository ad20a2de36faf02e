using System.Globalization;
using MlSystemDesign.Explanation;
using MlSystemDesign.Reporting.Html;
using MlSystemDesign.Reporting.Plots;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>What moves the predictions in general: summary plot, table, dependence of the first columns, strongest pairs.</summary>
internal static class DriversSection
{
    private const int Plotted = 12, Listed = 30, Dependences = 4;

    /// <summary>Features with a smaller share would be listed with zeros.</summary>
    private const double LeastShare = 0.0005;

    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        html.Add($"<section aria-labelledby=\"drivers\"><h2 id=\"drivers\">What moves the predictions</h2>\n");
        if (content.Explanation is not { } explanation)
        {
            html.Add($"<p class=\"absent\">Not run: the predictions were not explained as a whole.</p>\n</section>\n");
            return;
        }

        FeatureImportance[] moving = [.. explanation.Features.Where(f => f.Share.Value >= LeastShare)];
        if (moving.Length == 0)
        {
            html.Add($"<p class=\"undefined\">Undefined: {(explanation.Features.Count == 0 ? "the model has no features" : explanation.Features[0].Share.UndefinedReason)}.</p>\n</section>\n");
            return;
        }

        Func<string, string> nameOf = content.Words is { } words ? words.NameOf : feature => feature;
        string scale = explanation.TargetKind == TargetKind.Probability ? "log-odds" : "in units of the prediction";
        html.Add($"<p>{Lead(moving, nameOf)} Over {Words.Plural(explanation.Rows, "row")}; this says what the model looks at, not what would happen if it were changed.</p>\n");
        WriteSummary(html, explanation, moving, nameOf, scale);
        WriteTable(html, explanation, moving, nameOf);
        WriteDependence(html, explanation, scale);
        WriteInteractions(html, explanation, nameOf);
        html.Add($"</section>\n");
    }

    private static string Lead(FeatureImportance[] moving, Func<string, string> nameOf)
    {
        string[] first = [.. moving.Take(3).Select(f => $"{nameOf(f.Feature)} ({Words.Share(f.Share.Value ?? 0)})")];
        return moving.Length == 1
            ? $"The predictions are moved by {first[0]} alone."
            : $"The predictions are moved most by {string.Join(", ", first.SkipLast(1))} and {first[^1]}.";
    }

    private static void WriteSummary(HtmlBuilder html, GlobalExplanation explanation, FeatureImportance[] moving, Func<string, string> nameOf, string scale)
    {
        FeatureImportance[] shown = [.. moving.Take(Plotted)];
        string description = $"Summary of SHAP values, one row per feature, the most important first: {string.Join(", ", shown.Select(f => $"{nameOf(f.Feature)} mean {Number(f.MeanAbsolute)}"))}.";
        html.Add($"<figure><h3>Summary</h3><div class=\"plotbox\">{BeeswarmPlot.Render(shown, nameOf, f => IsCategory(explanation, f), scale, description)}</div>\n");
        html.Add($"<figcaption>Each dot is one of {Words.Count(Math.Min(BeeswarmPlot.MostPoints, explanation.Features[0].Sample.Count))} cases. Right of the line the feature raised the prediction, left it lowered it. <span class=\"low\">Blue</span>: low values of the feature; <span class=\"high\">brown</span>: high ones; light grey: missing, or a category.</figcaption></figure>\n");
    }

    private static void WriteTable(HtmlBuilder html, GlobalExplanation explanation, FeatureImportance[] moving, Func<string, string> nameOf)
    {
        bool probability = explanation.TargetKind == TargetKind.Probability;
        html.BeginTable("Features by what they move", "Feature", "#Share", "#Mean |SHAP|", probability ? "#Moves the probability by" : "#Moves the prediction by", "Higher values", "Columns");
        foreach (FeatureImportance feature in moving.Take(Listed))
        {
            html.Add($"<tr><th scope=\"row\">{nameOf(feature.Feature)}</th><td class=\"n\">{Words.Share(feature.Share.Value ?? 0)}{Small(feature.Share.Interval, Words.Share)}</td>");
            html.Add($"<td class=\"n\">{Number(feature.MeanAbsolute)}{Small(feature.MeanAbsolute.Interval, Words.Plain)}</td>");
            html.Add($"<td class=\"n\">{(probability ? Points(feature.PredictionChange.Value!.Value) : Words.Plain(feature.PredictionChange.Value!.Value))}{Small(feature.PredictionChange.Interval, probability ? Points : Words.Plain)}</td>");
            html.Add($"<td>{Direction(explanation, feature)}</td><td class=\"method\">{string.Join(", ", feature.Columns)}</td></tr>\n");
        }

        html.EndTable();
        string? confidence = Confidence(moving.Select(f => f.MeanAbsolute));
        string unread = explanation.Features.Count == moving.Length ? string.Empty : $" {Words.Plural(explanation.Features.Count - moving.Length, "more feature")} moved next to nothing.";
        string cut = moving.Length > Listed ? $" Not shown: {Words.Plural(moving.Length - Listed, "feature")} that moved less." : string.Empty;
        html.Add($"<p class=\"method\">Mean |SHAP|: by how much the feature moves a score, up or down. {(confidence is { } c ? $"Small figures: {c} intervals that allow for several rows of one entity." : string.Empty)}{unread}{cut}</p>\n");
    }

    private static void WriteDependence(HtmlBuilder html, GlobalExplanation explanation, string scale)
    {
        FeatureDependence[] columns = [.. explanation.Dependence.Where(d => d.MeanAbsolute.Value > 0).Take(Dependences)];
        html.Add($"<div class=\"plots\">\n");
        for (int i = 0; i < columns.Length; i++)
        {
            FeatureDependence column = columns[i];
            string description = $"SHAP value of {column.Column} by its value: {string.Join(", ", column.Bins.Select(b => $"{Label(b)}: {Number(b.Attribution)}"))}.";
            html.Add($"<figure><h3>{column.Column}</h3><div class=\"plotbox narrow\">{DependencePlot.Render(column, string.Create(CultureInfo.InvariantCulture, $"dependence-{i + 1}"), scale, description)}</div></figure>\n");
        }

        string intervals = Confidence(columns.SelectMany(c => c.Bins).Select(b => b.Attribution)) is { } confidence ? $", {confidence} intervals" : string.Empty;
        html.Add($"</div>\n<p class=\"method\">How single columns move the prediction: means by category or by bin (cut to hold near equal numbers of rows; equal values stay together){intervals}, and single cases behind.</p>\n");
    }

    private static void WriteInteractions(HtmlBuilder html, GlobalExplanation explanation, Func<string, string> nameOf)
    {
        if (explanation.NoInteractionsReason is { } reason)
        {
            html.Add($"<p class=\"method\">Pairs of features: {reason}.</p>\n");
            return;
        }

        html.BeginTable("Pairs that move the prediction beyond what each does alone", "Features", "#Mean |interaction|", "#Interval");
        foreach (FeatureInteraction pair in explanation.Interactions.Take(10))
        {
            html.Add($"<tr><th scope=\"row\">{nameOf(pair.First)} and {nameOf(pair.Second)}</th><td class=\"n\">{Number(pair.MeanAbsolute)}</td>");
            html.Add($"<td class=\"n\">{(pair.MeanAbsolute.Interval is { } i ? $"{Words.Plain(i.Lower)} to {Words.Plain(i.Upper)}" : "none")}</td></tr>\n");
        }

        html.EndTable();
    }

    private static string Direction(GlobalExplanation explanation, FeatureImportance feature) => feature.Direction.Value switch
    {
        null => IsCategory(explanation, feature) ? "a category" : feature.Direction.UndefinedReason!,
        > 0.5 => "raise it",
        < -0.5 => "lower it",
        > 0.2 => "mostly raise it",
        < -0.2 => "mostly lower it",
        _ => "no one direction",
    };

    private static bool IsCategory(GlobalExplanation explanation, FeatureImportance feature) =>
        explanation.Dependence.Any(d => d.Column == feature.LeadingColumn && d.Kind == ColumnKind.Category);

    private static string Label(DependenceBin bin) => bin.IsMissing ? "missing" : bin.Level ?? (double.IsNaN(bin.MeanValue) ? "all others" : DependencePlot.Short(bin.MeanValue));

    // The nominal coverage of the intervals, which is one in an explanation; none without any.
    private static string? Confidence(IEnumerable<Metric> metrics) =>
        metrics.Select(m => m.Interval).FirstOrDefault(i => i is not null) is { } interval ? (interval.Confidence * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %" : null;

    private static string Number(Metric metric) => metric.Value is { } value ? Words.Plain(value) : $"undefined: {metric.UndefinedReason}";

    private static string Points(double change) => (change * 100).ToString("0.0", CultureInfo.InvariantCulture) + "\u00A0points";

    private static Markup Small(Interval? interval, Func<double, string> format)
    {
        HtmlBuilder small = new();
        return interval is null ? new Markup(string.Empty) : small.Add($"<small>{format(interval.Lower)} to {format(interval.Upper)}</small>").ToMarkup();
    }
}
