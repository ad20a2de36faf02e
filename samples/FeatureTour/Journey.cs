using System.Data;
using System.Globalization;
using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>A loyalty card: basket lines, campaigns, coupons, and what is known of the household.</summary>
internal static class Journey
{
    private static readonly TimeZoneInfo Eastern = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly DateTimeOffset End = Day("2018-01-01");

    public static Tour Create(DataFolder data)
    {
        //// features
        Dictionary<string, string> department = CsvRows.Of(data.File("journey_products.csv.gz")).ToDictionary(p => p.Text("product_id"), p => p.Text("department"));
        Dictionary<string, IDataRecord> campaigns = CsvRows.Of(data.File("journey_campaign_descriptions.csv")).ToDictionary(c => c.Text("campaign_id"));
        HistoryBuilder sources = new HistoryBuilder().AddCsvEvents("lines", data.File("journey_transactions_sample.csv.gz"), m => m.Entity("household_id").Time("transaction_timestamp")
                .InZone(Eastern).Number("sales_value", "USD").Category("basket_id").Category("product_id", id => department.GetValueOrDefault(id), name: "department").ObservedFrom(Day("2017-01-01")).ObservedUntil(End))
            .AddCsvEvents("campaigns", data.File("journey_campaigns.csv"), m => m.Entity("household_id").Time("campaign_id", id => Day(campaigns[id].Text("start_date"))).ObservedUntil(End))
            .AddCsvEvents("coupons", data.File("journey_coupon_redemptions.csv"), m => m.Entity("household_id").Time("redemption_date").InZone(Eastern).ObservedUntil(End))
            .AddCsvAttributes("demographics", data.File("journey_demographics.csv"), m => m.Entity("household_id").Category("age").Category("income"));
        FeaturePlan plan = FeaturePacks.RecencyFrequencyMonetary("lines", "sales_value").And("lines", f => f.OverCalendarDays("America/New_York", 90).Distinct("basket_id").Mode("department"))
            .And("campaigns", f => f.OverDays(90).Count()).And("coupons", f => f.OverDays(90).Count()).And("demographics", f => f.Category("age").Category("income"));
        //// end

        return new Tour
        {
            Title = "The Complete Journey: 75,000 basket lines of 2,377 households in 2017, with campaigns, coupons and demographics",
            Sources = sources,
            Plan = plan,
            Rows = Tour.EveryoneAt(Day("2017-07-01"), Day("2017-10-01"), Day("2018-01-01")),
            Shown = ["recency", "sales_value_sum_90d", "basket_id_distinct_90caldays", "department_mode_90caldays", "campaigns_count_90d", "coupons_count_90d", "age", "income"],
        };
    }

    private static DateTimeOffset Day(string day)
    {
        DateTime midnight = DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new DateTimeOffset(midnight, Eastern.GetUtcOffset(midnight));
    }
}
