using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;
using MlSystemDesign.Tests;

namespace FeatureTour.Tests;

/// <summary>The tours against figures that were measured with other tools on the same files; see the README of ../shared/data.</summary>
public sealed class RealDataTests
{
    private static readonly DataFolder Data = new(null);

    [SharedDataFact("online_retail.csv.gz")]
    public async Task OnlineRetail_AfterTheUsualCleanUp_HasTheDocumentedLinesCustomersAndPounds()
    {
        Tour tour = OnlineRetail.Create(Data);
        IngestResult ingest = await tour.Sources.BuildAsync();
        FeaturePlan plan = tour.Plan.And("lines", f => f.Where(EventFilter.Above("Quantity", 0), q => q.Where(EventFilter.Above("UnitPrice", 0), p => p
            .OverAllHistory().Count().Sum("amount").OverCalendarDays("Europe/London", 90).Count(), alias: "priced"), alias: "sold"));
        FeatureTable atEnd = Build(ingest, plan, Tour.EveryoneAt(ingest.Report["lines"].Observed.End));
        FeatureTable rows = Build(ingest, plan, tour.Rows);

        ingest.Report["lines"].RowsSkipped.Should().Be(135_080);
        (ingest.Report["invoices"].RowsKept - ingest.Report["invoices"].RowsRevised).Should().Be(22_190, "so many invoices have a customer");
        atEnd.RowCount.Should().Be(4_372);
        Sum(atEnd, "invoices_count_all").Should().Be(22_190);
        Sum(atEnd, "sold_priced_count_all").Should().Be(397_884);
        Above0(atEnd, "sold_priced_count_all").Should().Equal(4_338);
        Sum(atEnd, "sold_priced_amount_sum_all").Should().BeApproximately(8_911_407.90, 0.01);
        Above0(rows, "sold_priced_count_all").Should().Equal([2_718, 3_317], "customers known on 2011-06-01 and 2011-09-01");
        Above0(rows, "sold_priced_count_90caldays").Should().Equal([1_959, 1_923], "those active in the 90 days before");
    }

    [SharedDataFact("cdnow_master.csv")]
    public async Task Cdnow_AtThreeCutoffs_HasTheDocumentedActiveCustomers()
    {
        Tour tour = Cdnow.Create(Data);
        IngestResult ingest = await tour.Sources.BuildAsync();
        FeatureTable rows = Build(ingest, tour.Plan, tour.Rows);
        FeatureTable atEnd = Build(ingest, tour.Plan, Tour.EveryoneAt(ingest.Report["purchases"].Observed.End));

        rows.RowCount.Should().Be(3 * 23_570);
        Above0(rows, "count_90d").Should().Equal(5_322, 4_195, 4_176);
        Sum(atEnd, "count_all").Should().Be(69_659);
        Sum(atEnd, "dollars_sum_all").Should().BeApproximately(2_500_315.63, 0.01);
    }

    [SharedDataFact(
        "journey_transactions_sample.csv.gz", "journey_products.csv.gz", "journey_campaigns.csv", "journey_campaign_descriptions.csv", "journey_coupon_redemptions.csv", "journey_demographics.csv")]
    public async Task Journey_AtTheEndOfTheYear_HasTheDocumentedBasketsCampaignsAndHouseholds()
    {
        Tour tour = Journey.Create(Data);
        IngestResult ingest = await tour.Sources.BuildAsync();
        FeaturePlan plan = tour.Plan.And("lines", f => f.OverAllHistory().Distinct("basket_id").Where(EventFilter.Is("department", "PRODUCE"), p => p.Count()))
            .And("campaigns", f => f.OverAllHistory().Count()).And("coupons", f => f.OverAllHistory().Count());
        FeatureTable atEnd = Build(ingest, plan, Tour.EveryoneAt(new DateTimeOffset(2018, 1, 1, 5, 0, 0, TimeSpan.Zero)));

        Above0(atEnd, "count_all").Should().Equal(2_377);
        Sum(atEnd, "count_all").Should().Be(75_000);
        Sum(atEnd, "basket_id_distinct_all").Should().Be(47_243);
        Sum(atEnd, "PRODUCE_count_all").Should().Be(7_612);
        Sum(atEnd, "campaigns_count_all").Should().Be(6_589);
        Above0(atEnd, "campaigns_count_all").Should().Equal(1_559);
        Sum(atEnd, "coupons_count_all").Should().Be(2_102);
        Above0(atEnd, "coupons_count_all").Should().Equal(410);
        ingest.Report["demographics"].Entities.Should().Be(801);
    }

    [SharedDataFact("oulad_registration.csv", "oulad_submission.csv", "oulad_assessment.csv")]
    public async Task Oulad_OnDay30_HasTheDocumentedOpenRegistrations()
    {
        Tour tour = Oulad.Create(Data);
        IngestResult ingest = await tour.Sources.BuildAsync();
        FeatureTable rows = Build(ingest, tour.Plan, tour.Rows);
        double[] registered = rows.Numbers("count_all").ToArray(), withdrawn = rows.Numbers("withdrawals_count_all").ToArray();

        ingest.Report["registrations"].RowsSkipped.Should().Be(45);
        ingest.Report["withdrawals"].RowsKept.Should().Be(10_072);
        ingest.Report["submissions"].RowsKept.Should().Be(173_912);
        registered.Zip(withdrawn).Count(row => row.First > 0 && row.Second == 0).Should().Be(27_443);
    }

    private static FeatureTable Build(IngestResult ingest, FeaturePlan plan, Func<IHistory, ObservationSet> rows) => new BatchFeatureBuilder(plan).Build(ingest.History, rows(ingest.History));

    private static double Sum(FeatureTable table, string feature) => table.Numbers(feature).ToArray().Sum();

    /// <summary>Counts the rows above 0, per cutoff.</summary>
    private static int[] Above0(FeatureTable table, string feature)
    {
        double[] values = table.Numbers(feature).ToArray();
        return [.. table.Observations.Zip(values).GroupBy(row => row.First.Cutoff).OrderBy(at => at.Key).Select(at => at.Count(row => row.Second > 0))];
    }
}
