using MlSystemDesign.History;
using MlSystemDesign.Tests;
using Xunit.Abstractions;

namespace MlSystemDesign.Csv.Tests;

/// <summary>Counts measured with pandas on the same files; see the README beside them.</summary>
public sealed class RealDataTests(ITestOutputHelper output)
{
    [SharedDataFact("cdnow_master.csv")]
    public async Task Cdnow_Master_HoldsEveryPurchase()
    {
        IngestResult ingest = await new HistoryBuilder()
            .AddCsvEvents("purchases", SharedData.Path("cdnow_master.csv"), m => m.Entity("customer_id").Time("date").Number("cds").Number("dollars", "USD"))
            .BuildAsync();

        output.WriteLine(ingest.Report.ToString());
        SourceReport report = ingest.Report["purchases"];
        report.RowsKept.Should().Be(69_659);
        report.ExactDuplicates.Should().Be(255);
        report.Entities.Should().Be(23_570);
        report.Observed.ToString().Should().Be("[1997-01-01T00:00:00Z, 1998-07-01T00:00:00Z)");
        ingest.History.EntitiesKnownBefore(new DateTimeOffset(1997, 3, 26, 0, 0, 0, TimeSpan.Zero)).Should().HaveCount(23_570);
        double dollars = 0;
        foreach (EntityKey customer in ingest.History.EntitiesKnownBefore(DateTimeOffset.MaxValue))
        {
            foreach (double value in ingest.History.LookAhead.ReadAll(customer)["purchases"].Numbers(1))
            {
                dollars += value;
            }
        }

        dollars.Should().BeApproximately(2_500_315.63, 1e-4);
    }

    [SharedDataFact("online_retail.csv.gz")]
    public async Task OnlineRetail_LinesWithoutCustomer_AreSkippedAndReported()
    {
        IngestResult ingest = await new HistoryBuilder()
            .AddCsvEvents("lines", SharedData.Path("online_retail.csv.gz"), m => m
                .Entity("CustomerID").Time("InvoiceDate").InZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"))
                .Number("Quantity").Number("UnitPrice", "GBP").Category("StockCode").Category("Country").OnBadRows(BadRows.SkipAndReport))
            .BuildAsync();

        output.WriteLine(ingest.Report.ToString());
        SourceReport report = ingest.Report["lines"];
        report.RowsRead.Should().Be(541_909);
        report.RowsSkipped.Should().Be(135_080);
        report.RowsKept.Should().Be(406_829);
        report.Entities.Should().Be(4_372);
        report.Skipped.Should().ContainSingle().Which.Reason.Should().Be(BadRowReason.EntityMissing);
        report.TimeZone.Should().Be("times without a zone read in Europe/London");
    }

    [SharedDataFact("telco_churn.csv")]
    public async Task Telco_BlankTotalCharges_AreMissingNumbers()
    {
        FeatureTableIngest telco = await CsvFeatureTable.ReadAsync(
            SharedData.Path("telco_churn.csv"), m => m.Entity("customerID").Target("Churn", positive: "Yes").InferOthers());

        telco.Features.RowCount.Should().Be(7_043);
        telco.Features.Schema.Should().HaveCount(19);
        telco.Features.Numbers("TotalCharges").ToArray().Count(double.IsNaN).Should().Be(11);
        telco.Features.Schema.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name)
            .Should().Equal("SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges");
        telco.Targets.ToArray().Sum().Should().Be(1_869);
    }

    [SharedDataFact("churn_tv_costs.csv")]
    public async Task ChurnTv_Costs_AreMoneyAndNoFeatures()
    {
        FeatureTableIngest tv = await CsvFeatureTable.ReadAsync(
            SharedData.Path("churn_tv_costs.csv"),
            m => m.Entity("id", EntityKeyKind.Integer).Target("target", positive: "1")
                .Money("C_FP", Currency.Eur).Money("C_FN", Currency.Eur).Money("C_TP", Currency.Eur).InferOthers(except: "C_TN"));

        tv.Features.RowCount.Should().Be(9_379);
        tv.Features.Schema.Select(c => c.Name).Should().Equal(Enumerable.Range(1, 46).Select(i => $"x{i}"));
        tv.Targets.ToArray().Sum().Should().Be(449);
        tv.Money["C_FN"].Amounts.ToArray().Average().Should().BeApproximately(1_327.11, 0.005);
    }

    [SharedDataFact("bank_marketing.csv")]
    public async Task BankMarketing_LeakingColumn_CanBeLeftOut()
    {
        FeatureTableIngest bank = await CsvFeatureTable.ReadAsync(
            SharedData.Path("bank_marketing.csv"), m => m.Target("y", positive: "yes").InferOthers(except: "duration"));

        bank.Features.RowCount.Should().Be(45_211);
        bank.Features.Schema.IndexOf("duration").Should().Be(-1);
        bank.Features.Schema[bank.Features.Schema.Require("balance")].Kind.Should().Be(ColumnKind.Number);
        bank.Features.CategoryAt("job", 0).Should().Be("management");
        bank.Features.Observations[44].Entity.Should().Be(new EntityKey(45));
        bank.Targets.ToArray().Average().Should().BeApproximately(0.1170, 5e-5);
    }

    [SharedDataFact("german_credit.csv")]
    public async Task GermanCredit_CodedTable_Loads()
    {
        FeatureTableIngest credit = await CsvFeatureTable.ReadAsync(SharedData.Path("german_credit.csv"), m => m.Target("class", positive: "2").InferOthers());

        credit.Features.Schema.Should().HaveCount(20);
        credit.Features.Schema.Count(c => c.Kind == ColumnKind.Number).Should().Be(7);
        credit.Targets.ToArray().Sum().Should().Be(300);
    }

    [SharedDataFact("oulad_registration.csv", "oulad_student.csv")]
    public async Task Oulad_CompositeKey_JoinsRegistrationsAndStudents()
    {
        string[] key = ["code_module", "code_presentation", "id_student"];
        DateTimeOffset start = new(2013, 2, 1, 0, 0, 0, TimeSpan.Zero);
        IngestResult ingest = await new HistoryBuilder()
            .AddCsvEvents("registrations", SharedData.Path("oulad_registration.csv"), m => m
                .Entity(key).Time("date_registration", day => start.AddDays(int.Parse(day, System.Globalization.CultureInfo.InvariantCulture)))
                .OnBadRows(BadRows.SkipAndReport))
            .AddCsvAttributes("students", SharedData.Path("oulad_student.csv"), m => m.Entity(key).Category("region").Number("studied_credits"))
            .BuildAsync();

        output.WriteLine(ingest.Report.ToString());
        ingest.Report["registrations"].RowsSkipped.Should().Be(45);
        ingest.Report["registrations"].RowsKept.Should().Be(32_548);
        ingest.Report["students"].Entities.Should().Be(32_593);
        ingest.History.EntityCount.Should().Be(32_593);
        ingest.History.AsOf(EntityKey.Composite("AAA", "2013J", "11391"), start)["students"].Numbers(1)[0].Should().Be(240);
    }
}
