using MlSystemDesign.Reporting.Html;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace MlSystemDesign.Reporting.Plots;

/// <summary>One bar per plan, with the interval of its value as an error bar and its true value, if known, as a diamond.</summary>
internal static class AlternativesPlot
{
    private const double Cap = 0.11;

    public static Markup Render(IReadOnlyList<PlanAlternative> plans, Currency currency, string description)
    {
        PlotModel model = PlotTheme.Model();
        CategoryAxis names = PlotTheme.NamesDown();
        names.GapWidth = 0.7;
        LinearAxis money = PlotTheme.Axis(AxisPosition.Bottom, $"expected value against doing nothing, net of cost ({currency.Code})", "#,0");
        money.MinimumPadding = 0.04;
        money.MaximumPadding = 0.06;
        money.AxislineStyle = LineStyle.None;
        money.ExtraGridlines = [0];
        money.ExtraGridlineColor = PlotTheme.Muted;
        BarSeries bars = new() { StrokeThickness = 0 };
        LineSeries whiskers = new() { Color = PlotTheme.Ink, StrokeThickness = 1.5, LineJoin = LineJoin.Miter };
        ScatterSeries truths = new() { MarkerType = MarkerType.Diamond, MarkerSize = 6, MarkerFill = PlotTheme.Mark };
        foreach (PlanAlternative plan in plans.Where(p => p.Value is not null))
        {
            int row = names.Labels.Count;
            names.Labels.Add(PlainText.ForPlot(plan.Name, 30));
            bars.Items.Add(new BarItem((double)plan.Value!.Value.Amount, row) { Color = plan.IsThisPlan ? PlotTheme.Bar : PlotTheme.Neutral });
            if (plan.Estimate is { } estimate)
            {
                AddWhisker(whiskers, (double)estimate.Lower.Amount, (double)estimate.Upper.Amount, row);
            }

            if (plan.TrueValue is { } truth)
            {
                truths.Points.Add(new ScatterPoint((double)truth.Amount, row));
            }
        }

        model.Axes.Add(names);
        model.Axes.Add(money);
        model.Series.Add(bars);
        model.Series.Add(whiskers);
        model.Series.Add(truths);
        return PlotTheme.Render(model, "alternatives", description, 720, 90 + (46 * names.Labels.Count));
    }

    private static void AddWhisker(LineSeries whiskers, double lower, double upper, int row)
    {
        whiskers.Points.AddRange(
        [
            new DataPoint(lower, row - Cap), new DataPoint(lower, row + Cap), DataPoint.Undefined,
            new DataPoint(lower, row), new DataPoint(upper, row), DataPoint.Undefined,
            new DataPoint(upper, row - Cap), new DataPoint(upper, row + Cap), DataPoint.Undefined,
        ]);
    }
}
