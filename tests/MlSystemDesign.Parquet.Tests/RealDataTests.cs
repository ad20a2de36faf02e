using System.Globalization;
using global::Parquet.Schema;
using MlSystemDesign.Features;
using MlSystemDesign.History;
using MlSystemDesign.Tests;

namespace MlSystemDesign.Parquet.Tests;

public sealed class RealDataTests
{
    [SharedDataFact("cdnow_master.csv")]
    public async Task Cdnow_AsParquet_GivesTheFeaturesOfTheCsvFileBitByBit()
    {
        string[][] lines = [.. File.ReadLines(SharedData.Path("cdnow_master.csv")).Select(line => line.Split(','))];
        byte[] file = TestColumn.File(
            20_000,
            TestColumn.Texts("customer_id", Column("customer_id")),
            TestColumn.Of(new DateTimeDataField("date", DateTimeFormat.Date, isNullable: false), Array.ConvertAll(Column("date"), Day)),
            TestColumn.Of("cds", Array.ConvertAll(Column("cds"), text => int.Parse(text, CultureInfo.InvariantCulture))),
            TestColumn.Of(new DecimalDataField("dollars", 10, 2, isNullable: false), Array.ConvertAll(Column("dollars"), text => decimal.Parse(text, CultureInfo.InvariantCulture))));
        using MemoryStream stream = new(file);

        IngestResult parquet = await new HistoryBuilder().AddEventsFromParquet("purchases", stream, Columns).BuildAsync();
        IngestResult csv = await new HistoryBuilder()
            .AddCsvEvents("purchases", SharedData.Path("cdnow_master.csv"), m => m.Entity("customer_id").Time("date").Number("cds").Number("dollars", "USD").Category("cds", "size"))
            .BuildAsync();

        parquet.Report["purchases"].Should().BeEquivalentTo(csv.Report["purchases"]);
        FeatureTable read = await Features(parquet.History), expected = await Features(csv.History);
        read.RowCount.Should().Be(23_570);
        read.Observations.Should().Equal(expected.Observations);
        read.Schema.Should().Equal(expected.Schema);
        for (int c = 0; c < expected.Schema.Count; c++)
        {
            read.Numbers(c).ToArray().Select(BitConverter.DoubleToInt64Bits).Should().Equal(expected.Numbers(c).ToArray().Select(BitConverter.DoubleToInt64Bits));
            read.Codes(c).ToArray().Should().Equal(expected.Codes(c).ToArray());
        }

        string[] Column(string name) => [.. lines.Skip(1).Select(line => line[Array.IndexOf(lines[0], name)])];

        static void Columns(ColumnarMapping m) => m.Entity("customer_id").Time("date").Number("cds").Number("dollars", "USD").Category("cds", "size");
    }

    private static DateTime Day(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static async Task<FeatureTable> Features(InMemoryHistory history)
    {
        DateTimeOffset cutoff = new(1998, 1, 1, 0, 0, 0, TimeSpan.Zero);
        FeaturePlan plan = FeaturePlan.For("purchases", f => f.OverDays(30, 365).Count().Sum("dollars").Mean("dollars").Std("dollars").Slope("dollars").Recency().Category("size"));
        return await new BatchFeatureBuilder(plan).BuildAsync(history, ObservationSet.At(history.EntitiesKnownBefore(cutoff).Order(), cutoff));
    }
}
