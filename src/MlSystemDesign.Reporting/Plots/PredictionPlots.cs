using MlSystemDesign.Reporting.Html;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace MlSystemDesign.Reporting.Plots;

/// <summary>The two plots of prediction quality: ROC curve and reliability curve.</summary>
internal static class PredictionPlots
{
    private const int Width = 420, Height = 380;

    public static Markup Roc(IReadOnlyList<RocPoint> points, string description)
    {
        PlotModel model = UnitSquare("false positive rate", "true positive rate", 1);
        LineSeries curve = new() { Color = PlotTheme.Accent, StrokeThickness = 2.5 };
        curve.Points.AddRange(points.Select(p => new DataPoint(p.FalsePositiveRate, p.TruePositiveRate)));
        model.Series.Add(curve);
        return PlotTheme.Render(model, "roc", description, Width, Height);
    }

    public static Markup Reliability(IReadOnlyList<ReliabilityBin> bins, string description)
    {
        double most = bins.Max(b => Math.Max(b.Predicted, b.Observed.Interval?.Upper ?? b.Observed.Value ?? 0));
        PlotModel model = UnitSquare("predicted probability (mean of the bin)", "observed share", Math.Clamp(Math.Ceiling(most * 10.5) / 10, 0.1, 1));
        double cap = model.Axes[0].Maximum * 0.009;
        LineSeries bars = new() { Color = PlotTheme.Ink, StrokeThickness = 1.3, LineJoin = LineJoin.Miter };
        LineSeries line = new() { Color = PlotTheme.Accent, StrokeThickness = 1.5, MarkerType = MarkerType.Circle, MarkerSize = 4, MarkerFill = PlotTheme.Accent };
        foreach (ReliabilityBin bin in bins.Where(b => b.Observed.IsDefined))
        {
            line.Points.Add(new DataPoint(bin.Predicted, bin.Observed.Value!.Value));
            if (bin.Observed.Interval is { } interval)
            {
                bars.Points.AddRange(
                [
                    new DataPoint(bin.Predicted, interval.Lower), new DataPoint(bin.Predicted, interval.Upper), DataPoint.Undefined,
                    new DataPoint(bin.Predicted - cap, interval.Lower), new DataPoint(bin.Predicted + cap, interval.Lower), DataPoint.Undefined,
                    new DataPoint(bin.Predicted - cap, interval.Upper), new DataPoint(bin.Predicted + cap, interval.Upper), DataPoint.Undefined,
                ]);
            }
        }

        model.Series.Add(bars);
        model.Series.Add(line);
        return PlotTheme.Render(model, "reliability", description, Width, Height);
    }

    /// <summary>Both axes from 0 to the same end, with the diagonal for comparison.</summary>
    private static PlotModel UnitSquare(string across, string up, double end)
    {
        PlotModel model = PlotTheme.Model();
        LinearAxis horizontal = PlotTheme.Axis(AxisPosition.Bottom, across), vertical = PlotTheme.Axis(AxisPosition.Left, up);
        foreach (LinearAxis axis in (LinearAxis[])[horizontal, vertical])
        {
            axis.Minimum = 0;
            axis.Maximum = end;
            axis.MajorStep = end > 0.5 ? 0.2 : end > 0.2 ? 0.1 : 0.05;
            model.Axes.Add(axis);
        }

        LineSeries diagonal = new() { Color = PlotTheme.Muted, LineStyle = LineStyle.Dash, StrokeThickness = 1 };
        diagonal.Points.Add(new DataPoint(0, 0));
        diagonal.Points.Add(new DataPoint(end, end));
        model.Series.Add(diagonal);
        return model;
    }
}
