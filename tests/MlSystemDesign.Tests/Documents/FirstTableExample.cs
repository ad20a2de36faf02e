// The first example of docs/features.md, run and compared by FirstTableDocumentTests: the usings and the lines between the two marks stand there as they are.
using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Documents;

internal static class FirstTableExample
{
    internal static void Run(TextWriter output)
    {
        //// example
        DateTimeOffset day = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        (string Customer, DateTimeOffset At, double Euros, string Product)[] orders =
        [
            ("anna", day.AddDays(-40), 10, "book"), ("anna", day.AddDays(-9), 25, "lamp"), ("anna", day.AddDays(-2), 15, "lamp"), ("ben", day.AddDays(-70), 80, "book"), ("ben", day, 5, "book"),
        ];
        IngestResult ingest = new HistoryBuilder().AddEvents("orders", orders, o => o.Entity(x => x.Customer).Time(x => x.At).Number("euros", x => x.Euros, "EUR").Category("product", x => x.Product)).Build();

        FeaturePlan plan = FeaturePlan.For("orders", f => f.OverDays(30, 90).Count().Sum("euros").OverDays(90).Mode("product").Recency());
        BatchFeatureBuilder builder = new(plan);
        FeatureTable table = builder.Build(ingest.History, ObservationSet.At(["anna", "ben", "carla"], cutoff: day)); // one row each, as of that instant

        foreach (FeatureColumn column in table.Schema)
        {
            output.WriteLine($"{column.Name}: {column.Lineage}{(column.Unit is null ? "" : $", in {column.Unit}")}");
        }

        ReadOnlySpan<double> counts = table.Numbers("count_90d"), euros = table.Numbers("euros_sum_30d"), recency = table.Numbers("recency");
        for (int row = 0; row < table.RowCount; row++)
        {
            output.WriteLine($"{table.Observations[row].Entity}: {counts[row]} orders in 90 days, {euros[row]} EUR in 30, mostly {table.CategoryAt("product_mode_90d", row) ?? "nothing"}, last {recency[row]} days ago");
        }
        //// end
    }
}
