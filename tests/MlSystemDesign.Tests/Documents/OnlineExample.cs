// The example of docs/features.md, run and compared by OnlineDocumentTests: the usings and the lines between the two marks stand there as they are.
using MlSystemDesign;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Documents;

internal static class OnlineExample
{
    internal static void Run(TextWriter output, string path)
    {
        //// example
        FeaturePlan plan = FeaturePlan.For("orders", f => f.OverDays(30).Count().Sum("euros").Mode("product"));
        DateTimeOffset now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
        SourceSchema source = new()
        {
            Name = "orders", Columns = [new("euros", ColumnKind.Number, "EUR"), new("product", ColumnKind.Category)], HasKnownTime = true, Observed = new(now.AddYears(-1), now.AddYears(9)),
        };
        HistorySchema schema = new([source]); // or Schema of the history on which the model was trained
        using (DurableOnlineFeatures live = DurableOnlineFeatures.Open(plan, schema, path))
        {
            int orders = live.Features.SourceOf("orders");
            live.Add(orders, new FactRow { Entity = 17, Time = now.AddDays(-3), KnownTime = now.AddDays(-3), EventKey = "order 1", Numbers = [19.99], Categories = ["book"] });
            live.Add(orders, new FactRow { Entity = 17, Time = now.AddDays(-1), KnownTime = now.AddDays(-1), EventKey = "order 2", Numbers = [80], Categories = ["lamp"] });
            live.Add(orders, new FactRow { Entity = 17, KnownTime = now.AddHours(-1), EventKey = "order 2", IsRetraction = true }); // sent back an hour ago
        } // or the process is killed: each fact was in the journal when Add returned

        using DurableOnlineFeatures again = DurableOnlineFeatures.Open(plan, schema, path);
        double[] numbers = new double[plan.Features.Count];
        string?[] texts = new string?[plan.Features.Count];
        foreach (DateTimeOffset cutoff in new[] { now.AddHours(-2), now })
        {
            again.Features.Read(17, cutoff, numbers, texts);
            output.WriteLine(FormattableString.Invariant($"at {cutoff:HH:mm}: {numbers[0]} in 30 days, for {numbers[1]} EUR, mostly {texts[2]}"));
        }
        //// end
    }
}
