using MlSystemDesign.Reporting.Html;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace MlSystemDesign.Reporting.Plots;

/// <summary>Expected value against the number of contacts, with its band, the highest point and the chosen number of contacts.</summary>
internal static class ValueCurvePlot
{
    private const int MostPoints = 300;

    /// <summary>The value of the curve at a number of contacts, linear between its points; <see langword="null"/> outside of it.</summary>
    public static double? ValueAt(IReadOnlyList<ValuePoint> curve, int contacts)
    {
        for (int i = 0; i < curve.Count; i++)
        {
            if (curve[i].Contacts == contacts)
            {
                return (double)curve[i].Value.Value.Amount;
            }

            if (i > 0 && curve[i - 1].Contacts < contacts && contacts < curve[i].Contacts)
            {
                double share = (double)(contacts - curve[i - 1].Contacts) / (curve[i].Contacts - curve[i - 1].Contacts);
                return ((1 - share) * (double)curve[i - 1].Value.Value.Amount) + (share * (double)curve[i].Value.Value.Amount);
            }
        }

        return null;
    }

    public static Markup Render(IReadOnlyList<ValuePoint> curve, int? chosenContacts, string entityName, Currency currency, string description)
    {
        PlotModel model = PlotTheme.Model();
        LinearAxis contacts = PlotTheme.Axis(AxisPosition.Bottom, PlainText.ForPlot($"{entityName} contacted, best first", 60), "#,0");
        contacts.AbsoluteMinimum = 0;
        contacts.MaximumPadding = 0.02;
        contacts.MinimumPadding = 0;
        LinearAxis money = PlotTheme.Axis(AxisPosition.Left, $"expected value, net of cost ({currency.Code})", "#,0");
        money.ExtraGridlines = [0];
        money.ExtraGridlineColor = PlotTheme.Muted;
        model.Axes.Add(contacts);
        model.Axes.Add(money);

        AreaSeries band = new() { Fill = PlotTheme.Band, Color = OxyColors.Transparent, Color2 = OxyColors.Transparent, StrokeThickness = 0 };
        LineSeries line = new() { Color = PlotTheme.Accent, StrokeThickness = 2.5 };
        foreach (ValuePoint point in Thin(curve))
        {
            band.Points.Add(new DataPoint(point.Contacts, (double)point.Value.Upper.Amount));
            band.Points2.Add(new DataPoint(point.Contacts, (double)point.Value.Lower.Amount));
            line.Points.Add(new DataPoint(point.Contacts, (double)point.Value.Value.Amount));
        }

        model.Series.Add(band);
        model.Series.Add(line);
        if (chosenContacts is { } chosen && ValueAt(curve, chosen) is { } value)
        {
            ScatterSeries mark = new() { MarkerType = MarkerType.Circle, MarkerSize = 6, MarkerFill = PlotTheme.Mark };
            mark.Points.Add(new ScatterPoint(chosen, value));
            model.Series.Add(mark);
            model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Vertical,
                X = chosen,
                Color = PlotTheme.Mark,
                LineStyle = LineStyle.Dash,
                StrokeThickness = 1,
                Text = $"\u00A0chosen: {Words.Count(chosen)}\u00A0",
                TextColor = PlotTheme.Mark,
                TextOrientation = AnnotationTextOrientation.Horizontal,
                TextLinePosition = 0.04,
                TextHorizontalAlignment = chosen > curve[^1].Contacts * 0.7 ? HorizontalAlignment.Right : HorizontalAlignment.Left,
                TextVerticalAlignment = VerticalAlignment.Bottom,
            });
        }

        return PlotTheme.Render(model, "value", description, 720, 340);
    }

    /// <summary>Evenly spaced points, first and last kept: more than the eye can tell apart would only make the page heavy.</summary>
    private static IEnumerable<ValuePoint> Thin(IReadOnlyList<ValuePoint> curve) => curve.Count <= MostPoints
        ? curve
        : Enumerable.Range(0, MostPoints).Select(i => curve[(int)((long)i * (curve.Count - 1) / (MostPoints - 1))]);
}
