// The example of the README, run and compared by ReadmeTests: the usings and the lines between the two marks stand in the README as they are.
using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Readme;

internal static class ReadmeExample
{
    internal static async Task RunAsync(TextWriter Console)
    {
        //// example
        var day0 = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero); // 400 customers order every 9 to 48 days; two in five stop one day
        var orders = from c in Enumerable.Range(0, 400) from k in Enumerable.Range(0, 40)
                     let day = (c % 50) + (k * (9 + (c * 7 % 40))) where day < (c % 5 < 2 ? 150 + (c * 37 % 215) : 365)
                     select (Customer: (long)c, At: day0.AddDays(day), Euros: 20.0 + (c % 30));
        IHistory history = new HistoryBuilder().AddEvents("orders", orders, o => o.Entity(x => x.Customer).Time(x => x.At).Number("euros", x => x.Euros)).Build().History;
        var kpi = new Kpi("margin kept", OutcomeValue.PerRow("euros_sum_180d", factor: 0.5, Currency.Eur));
        var letter = new Intervention { Name = "letter", Cost = Money.Eur(2), Effect = EffectEstimate.FromExperiment(150, 1000, 200, 1000, "pilot") };
        var system = new MlSystem("churn", new MlSystemParts
        {
            Case = new BusinessCase { Name = "churn", Decision = "who gets a letter", Kpi = kpi, Budget = Money.Eur(100), Interventions = [letter] },
            Frame = EventFrame.Absence("no order", of: "orders", horizon: TimeSpan.FromDays(45), leadTime: TimeSpan.FromDays(5)).ActiveWithin(TimeSpan.FromDays(60)),
            Features = new BatchFeatureBuilder(FeaturePlan.For("orders", f => f.OverDays(60, 180).Count().Sum("euros").Recency())),
        });
        TrainingRun run = await system.TrainAsync(history);
        DecisionSet decided = (await system.DecideAsync(history, day0.AddDays(365))).Decisions;
        Console.WriteLine($"{run.System.Model.Algorithm}; leakage: {run.Leakage.Verdict}; {run.Evaluation["AUC-ROC"]}");
        Console.WriteLine($"{decided.Decisions.Count} letters for {decided.Cost}, expected to keep {decided.ExpectedValue}");
        Console.WriteLine($"first: customer {decided.Decisions[0].Entity}, letter before {decided.Decisions[0].NotAfter:yyyy-MM-dd}: {decided.Decisions[0].Reasons[0]}");
        //// end
    }
}
