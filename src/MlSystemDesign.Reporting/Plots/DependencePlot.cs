using System.Globalization;
using MlSystemDesign.Explanation;
using MlSystemDesign.Reporting.Html;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace MlSystemDesign.Reporting.Plots;

/// <summary>What a column does to the score by its value: the mean of each bin with its interval; numbers also with single cases behind.</summary>
internal static class DependencePlot
{
    private const int Width = 420, MostPoints = 160;
    private const double Cap = 0.12;

    public static Markup Render(FeatureDependence column, string name, string scale, string description) =>
        column.Kind == ColumnKind.Number ? OfNumbers(column, name, scale, description) : OfCategories(column, name, scale, description);

    /// <summary>A value with two or three digits that count: <c>0.052</c>, <c>47</c>, <c>3.1k</c>.</summary>
    public static string Short(double value)
    {
        (double scaled, string unit) = Math.Abs(value) switch { >= 999_500_000 => (value, string.Empty), >= 999_500 => (value / 1e6, "M"), >= 999.5 => (value / 1e3, "k"), _ => (value, string.Empty) };
        double size = Math.Abs(scaled);
        string format = size >= 1e9 || (size > 0 && size < 0.001) ? "0.#E+0" : size >= 20 ? "0" : size >= 1 ? "0.#" : size >= 0.1 ? "0.##" : size >= 0.01 ? "0.###" : "0.####";
        return double.IsFinite(value) ? scaled.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212') + unit : Words.Plain(value);
    }

    // Bins at equal distances: values of customers are so skewed that most points would lie on each other.
    private static Markup OfNumbers(FeatureDependence column, string name, string scale, string description)
    {
        PlotModel model = PlotTheme.Model();
        CategoryAxis across = new()
        {
            Position = AxisPosition.Bottom,
            Title = "mean value of the bin" + (column.Unit is null ? string.Empty : $" ({PlainText.ForPlot(column.Unit, 12)})"),
            TitleColor = PlotTheme.Muted,
            TextColor = PlotTheme.Muted,
            TickStyle = TickStyle.None,
            AxislineStyle = LineStyle.Solid,
            AxislineColor = PlotTheme.Neutral,
            AxisTitleDistance = 10,
            FontSize = 12,
            TitleFontSize = 13,
        };
        ScatterSeries cases = new() { MarkerType = MarkerType.Circle, MarkerSize = 1.8, MarkerFill = PlotTheme.Neutral, MarkerStrokeThickness = 0 };
        LineSeries line = new() { Color = PlotTheme.Accent, StrokeThickness = 2, MarkerType = MarkerType.Circle, MarkerSize = 4, MarkerFill = PlotTheme.Accent };
        LineSeries missing = new() { Color = PlotTheme.Mark, StrokeThickness = 0, MarkerType = MarkerType.Diamond, MarkerSize = 5, MarkerFill = PlotTheme.Mark };
        LineSeries whiskers = new() { Color = PlotTheme.Ink, StrokeThickness = 1.2, LineJoin = LineJoin.Miter };
        for (int b = 0; b < column.Bins.Count; b++)
        {
            DependenceBin bin = column.Bins[b];
            across.Labels.Add(bin.IsMissing ? "missing" : HasLabel(column.Bins, b) ? Short(bin.MeanValue) : string.Empty);
            (bin.IsMissing ? missing : line).Points.Add(new DataPoint(b, bin.Attribution.Value!.Value));
            if (bin.Attribution.Interval is { } i)
            {
                whiskers.Points.AddRange(
                [
                    new DataPoint(b, i.Lower), new DataPoint(b, i.Upper), DataPoint.Undefined, new DataPoint(b - Cap, i.Lower), new DataPoint(b + Cap, i.Lower), DataPoint.Undefined,
                    new DataPoint(b - Cap, i.Upper), new DataPoint(b + Cap, i.Upper), DataPoint.Undefined,
                ]);
            }
        }

        AddCases(cases, column);
        LinearAxis up = PlotTheme.Axis(AxisPosition.Left, $"SHAP value ({scale})");
        up.MinimumPadding = 0.06;
        up.MaximumPadding = 0.06;
        up.ExtraGridlines = [0];
        up.ExtraGridlineColor = PlotTheme.Muted;
        up.ExtraGridlineThickness = 1.3;
        return Finish(model, name, description, 300, across, up, cases, whiskers, line, missing);
    }

    // Every second one where all would touch; the place before that of missing values stays free for its word.
    private static bool HasLabel(IReadOnlyList<DependenceBin> bins, int bin) =>
        bins.Count <= 7 || (bin % 2 == 0 && !(bins[^1].IsMissing && bin == bins.Count - 2));

    // Inside its bin a case lies by the rank of its value.
    private static void AddCases(ScatterSeries cases, FeatureDependence column)
    {
        foreach (var bin in column.Sample.Take(MostPoints).GroupBy(p => BinOf(column.Bins, p.Value)).Where(g => g.Key >= 0))
        {
            AttributionPoint[] points = [.. bin.OrderBy(p => p.Value)];
            for (int k = 0; k < points.Length; k++)
            {
                cases.Points.Add(new ScatterPoint(bin.Key - 0.4 + (0.8 * (k + 0.5) / points.Length), points[k].Attribution));
            }
        }
    }

    private static int BinOf(IReadOnlyList<DependenceBin> bins, double value)
    {
        for (int b = 0; b < bins.Count; b++)
        {
            if (double.IsNaN(value) ? bins[b].IsMissing : value <= bins[b].Upper)
            {
                return b;
            }
        }

        return -1;
    }

    private static Markup OfCategories(FeatureDependence column, string name, string scale, string description)
    {
        PlotModel model = PlotTheme.Model();
        CategoryAxis names = PlotTheme.NamesDown();
        names.FontSize = 12;
        LinearAxis across = PlotTheme.Axis(AxisPosition.Bottom, $"SHAP value ({scale})");
        across.MinimumPadding = 0.06;
        across.MaximumPadding = 0.06;
        across.ExtraGridlines = [0];
        across.ExtraGridlineColor = PlotTheme.Muted;
        across.ExtraGridlineThickness = 1.3;
        LineSeries whiskers = new() { Color = PlotTheme.Ink, StrokeThickness = 1.2, LineJoin = LineJoin.Miter };
        ScatterSeries means = new() { MarkerType = MarkerType.Circle, MarkerSize = 4.5, MarkerFill = PlotTheme.Accent }, others = new() { MarkerType = MarkerType.Diamond, MarkerSize = 5, MarkerFill = PlotTheme.Mark };
        for (int b = 0; b < column.Bins.Count; b++)
        {
            DependenceBin bin = column.Bins[b];
            names.Labels.Add(LabelOf(bin));
            (bin.IsMissing ? others : means).Points.Add(new ScatterPoint(bin.Attribution.Value!.Value, b));
            if (bin.Attribution.Interval is { } i)
            {
                whiskers.Points.AddRange([new DataPoint(i.Lower, b), new DataPoint(i.Upper, b), DataPoint.Undefined]);
            }
        }

        return Finish(model, name, description, Math.Max(160, 80 + (26 * column.Bins.Count)), names, across, whiskers, means, others);
    }

    private static string LabelOf(DependenceBin bin) => bin.IsMissing ? "missing" : bin.Level is null ? "all others" : PlainText.ForPlot(bin.Level, 24);

    private static Markup Finish(PlotModel model, string name, string description, int height, Axis first, Axis second, params ReadOnlySpan<Series> series)
    {
        model.Axes.Add(first);
        model.Axes.Add(second);
        foreach (Series one in series)
        {
            model.Series.Add(one);
        }

        return PlotTheme.Render(model, name, description, Width, height);
    }
}
