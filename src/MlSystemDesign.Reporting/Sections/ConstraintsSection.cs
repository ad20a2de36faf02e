using System.Globalization;
using MlSystemDesign.Reporting.Html;

namespace MlSystemDesign.Reporting.Sections;

/// <summary>What one more unit of each constraint would bring, in words.</summary>
internal static class ConstraintsSection
{
    public static void Write(HtmlBuilder html, DecisionReportContent content)
    {
        if (content.Decisions is not { } decisions)
        {
            return;
        }

        html.Add($"<section aria-labelledby=\"constraints\"><h2 id=\"constraints\">What holds it back</h2>\n");
        if (decisions.Prices.Count == 0)
        {
            html.Add($"<p>Nothing: neither a budget nor a capacity was set.</p>\n");
        }
        else
        {
            html.Add($"<ul class=\"prices\">");
            foreach (ConstraintPrice price in decisions.Prices)
            {
                html.Add($"<li>{Sentence(price)}</li>\n");
            }

            html.Add($"</ul>\n");
        }

        html.Add($"<p>Under these constraints no other list is expected to bring more than {Words.About(decisions.OptimalityGap)} above this one.</p>\n</section>\n");
    }

    private static Markup Sentence(ConstraintPrice price)
    {
        bool isMoney = price.Constraint.StartsWith("budget", StringComparison.OrdinalIgnoreCase);
        Currency currency = price.Price.Currency;
        string used = isMoney
            ? $"{Words.Exact(new Money(price.Used, currency))} of {Words.Exact(new Money(price.Limit, currency))} used"
            : $"{Plain(price.Used)} of {Plain(price.Limit)} used";
        string unit = isMoney ? $"One more {currency.Code} of {price.Constraint}" : $"One more contact of {price.Constraint}";
        HtmlBuilder text = new();
        text.Add($"<strong>{Words.Capital(price.Constraint)}</strong>: {used}. ");
        return new Markup((price.Price.Amount > 0
            ? text.Add($"{unit} returns <strong>{Words.About(price.Price)}</strong>, net of cost.")
            : text.Add($"It does not hold the plan back: more of it returns nothing.")).ToString());
    }

    private static string Plain(decimal number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
