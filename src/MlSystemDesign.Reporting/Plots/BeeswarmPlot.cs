using MlSystemDesign.Explanation;
using MlSystemDesign.Reporting.Html;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace MlSystemDesign.Reporting.Plots;

/// <summary>The SHAP summary plot: a row per feature, a dot per case at what the feature did to its score, coloured by the value of the feature.</summary>
internal static class BeeswarmPlot
{
    /// <summary>Dots per feature: more would only make the page heavy.</summary>
    public const int MostPoints = 220;

    private const int Columns = 110;
    private const double HalfRow = 0.42;

    public static Markup Render(IReadOnlyList<FeatureImportance> features, Func<string, string> nameOf, Func<FeatureImportance, bool> isCategory, string scale, string description)
    {
        PlotModel model = PlotTheme.Model();
        CategoryAxis names = PlotTheme.NamesDown();
        LinearAxis across = PlotTheme.Axis(AxisPosition.Bottom, $"SHAP value ({scale}): moves the prediction down, or up");
        across.MinimumPadding = 0.02;
        across.MaximumPadding = 0.02;
        across.AxislineStyle = LineStyle.None;
        across.ExtraGridlines = [0];
        across.ExtraGridlineColor = PlotTheme.Muted;
        across.ExtraGridlineThickness = 1.3;
        ScatterSeries[] series = [.. PlotTheme.Ramp.Append(PlotTheme.Neutral).Select(color => new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 2.4, MarkerFill = color, MarkerStrokeThickness = 0 })];
        double[] all = [.. features.SelectMany(f => f.Sample.Take(MostPoints)).Select(p => p.Attribution)];
        double cell = all.Length == 0 || all.Max() == all.Min() ? 1 : (all.Max() - all.Min()) / Columns;
        foreach (FeatureImportance feature in features)
        {
            int row = names.Labels.Count;
            names.Labels.Add(PlainText.ForPlot(nameOf(feature.Feature), 32));
            AddSwarm(series, [.. feature.Sample.Take(MostPoints)], isCategory(feature), row, cell);
        }

        model.Axes.Add(names);
        model.Axes.Add(across);
        foreach (ScatterSeries dots in series.Reverse())
        {
            model.Series.Add(dots);
        }

        return PlotTheme.Render(model, "drivers", description, 720, 80 + (38 * names.Labels.Count));
    }

    // Dots that would lie on each other are stacked around the middle of the row; a crowded row is pressed together.
    private static void AddSwarm(ScatterSeries[] series, AttributionPoint[] points, bool isCategory, int row, double cell)
    {
        double[] present = [.. points.Select(p => p.Value).Where(v => !double.IsNaN(v)).Order()];
        IGrouping<double, AttributionPoint>[] cells = [.. points.OrderBy(p => p.Value).GroupBy(p => Math.Round(p.Attribution / cell))];
        double step = Math.Min(0.085, cells.Length == 0 ? 1 : 2 * HalfRow / cells.Max(c => c.Count()));
        foreach (IGrouping<double, AttributionPoint> stack in cells)
        {
            int at = 0, count = stack.Count();
            foreach (AttributionPoint point in stack)
            {
                double offset = (at++ - ((count - 1) / 2.0)) * step;
                series[isCategory || double.IsNaN(point.Value) ? ^1 : ColorOf(present, point.Value)].Points.Add(new ScatterPoint(point.Attribution, row + offset));
            }
        }
    }

    // By rank, so that one far value does not make all others look alike.
    private static Index ColorOf(double[] sorted, double value)
    {
        int below = LowerBound(sorted, value), upTo = LowerBound(sorted, Math.BitIncrement(value));
        double rank = sorted[0] == sorted[^1] ? 0.5 : (below + upTo - 1) / 2.0 / (sorted.Length - 1);
        return Math.Clamp((int)(rank * PlotTheme.Ramp.Length), 0, PlotTheme.Ramp.Length - 1);
    }

    private static int LowerBound(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
