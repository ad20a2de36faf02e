using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>Invoice lines of a shop: returns are negative, a quarter of the lines has no customer, and the lines of an invoice are one visit.</summary>
internal static class OnlineRetail
{
    public static Tour Create(DataFolder data)
    {
        //// features
        string file = data.File("online_retail.csv.gz");
        TimeZoneInfo london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        HistoryBuilder sources = new HistoryBuilder().AddCsvEvents("lines", file, m => m.Entity("CustomerID").Time("InvoiceDate").InZone(london)
                .Category("StockCode").Number("Quantity").Number("UnitPrice", "GBP").OnBadRows(BadRows.SkipAndReport))
            .AddCsvEvents("invoices", file, m => m.Entity("CustomerID").Time("InvoiceDate").InZone(london).EventKey("InvoiceNo").OnBadRows(BadRows.SkipAndReport));
        FeaturePlan plan = FeaturePlan.For("lines", f => f.Derive("amount", "Quantity * UnitPrice", "GBP").OverDays(90).Distinct("StockCode")
                .OverMonths("Europe/London", 1, 3).Sum("amount").Where(EventFilter.Below("Quantity", 0), r => r.OverDays(365).Sum("amount"), alias: "return"))
            .And(FeaturePacks.RecencyFrequencyMonetary("lines", "amount")).And("invoices", f => f.OverAllHistory().Count().GapMean().GapStd().GapLast())
            .Derive("return_share_365d", "-return_amount_sum_365d / (amount_sum_365d - return_amount_sum_365d)");
        //// end

        return new Tour
        {
            Title = "Online retail: 541,909 invoice lines of a gift shop, 2010-12-01 to 2011-12-09",
            Sources = sources,
            Plan = plan,
            Rows = Tour.EveryoneAt(new(2011, 6, 1, 0, 0, 0, TimeSpan.FromHours(1)), new(2011, 9, 1, 0, 0, 0, TimeSpan.FromHours(1))),
            Shown = ["recency", "amount_sum_1mo", "amount_sum_3mo", "StockCode_distinct_90d", "return_share_365d", "invoices_count_all", "gap_mean_all"],
        };
    }
}
