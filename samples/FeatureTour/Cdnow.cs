using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>Purchases by the day of the customers of one quarter.</summary>
internal static class Cdnow
{
    public static Tour Create(DataFolder data)
    {
        //// features
        HistoryBuilder sources = new HistoryBuilder()
            .AddCsvEvents("purchases", data.File("cdnow_master.csv"), m => m.Entity("customer_id").Time("date").Number("cds").Number("dollars", "USD"));
        FeaturePlan plan = FeaturePacks.RecencyFrequencyMonetary("purchases", "dollars")
            .And("purchases", f => f.OverDays(180).DecayedSum("dollars", TimeSpan.FromDays(30)).GapMean().Ratio("dollars_sum", 30, 90));
        //// end

        return new Tour
        {
            Title = "CDNOW: 69,659 purchases of 23,570 customers who came in the first quarter of 1997",
            Sources = sources,
            Plan = plan,
            Rows = Tour.EveryoneAt(new(1997, 7, 1, 0, 0, 0, TimeSpan.Zero), new(1997, 10, 1, 0, 0, 0, TimeSpan.Zero), new(1998, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            Shown = ["recency", "tenure", "count_90d", "dollars_sum_90d", "dollars_sum_all", "dollars_decayed_sum_30d_180d", "gap_mean_180d", "dollars_sum_ratio_30d_90d"],
        };
    }
}
