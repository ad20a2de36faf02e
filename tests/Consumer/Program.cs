// A user of the packages: trains LightGBM in one process, scores in another. Prints the scores bit by bit, so that they can be compared.
using System.Globalization;
using MlSystemDesign;
using MlSystemDesign.Decisions;
using MlSystemDesign.Evaluation;
using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using MlSystemDesign.History;
using MlSystemDesign.Leakage;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Monitoring;
using MlSystemDesign.Training;

if (args is not [("train" or "score") and var command, var path])
{
    Console.Error.WriteLine("usage: Consumer train|score FILE");
    return 2;
}

DateTimeOffset opened = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), now = opened.AddDays(730);
IHistory history = new HistoryBuilder()
    .AddEvents("purchases", Purchases(), p => p.Entity(x => x.Customer).Time(x => x.At).Number("amount", x => x.Amount).Category("channel", x => x.Channel))
    .Build().History;

TrainedSystem system;
if (command == "train")
{
    MlSystem trained = new("churn", new MlSystemParts
    {
        Case = new BusinessCase
        {
            Name = "churn",
            Decision = "whom we write to",
            Kpi = new Kpi("margin kept", OutcomeValue.Fixed(Money.Eur(40))),
            Budget = Money.Eur(200),
            Interventions = [new Intervention { Name = "letter", Cost = Money.Eur(2), Effect = new EffectEstimate(0.2, 0.05, "assumed") }],
        },
        Frame = EventFrame.Absence("no purchase in 60 d", of: "purchases", horizon: TimeSpan.FromDays(60)),
        Features = new BatchFeatureBuilder(FeaturePlan.For("purchases", f => f.OverDays(30, 90).Count().Mean("amount").Recency().Category("channel"))),
        Guard = new LeakageGuard(),
        Trainer = new LightGbmTrainer(),
        Objective = new LogLossObjective(),
        Evaluator = new DecisionEvaluator(),
        Policy = new BudgetedPolicy(),
        Monitor = new DriftMonitor(),
        Ledger = new InMemoryLedger(),
    });
    await trained.TrainAsync(history);
    trained.Save(path);
    system = trained.Current!;
}
else
{
    system = TrainedSystem.Load(path);
}

(_, double[] scores) = await system.PredictAsync(history, system.Frame.Cohort(history, now));
long bits = scores.Aggregate(17L, (hash, score) => unchecked((hash * 31) + BitConverter.DoubleToInt64Bits(score)));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{system.Model.Algorithm}: {scores.Length} scores, mean {scores.Average():R}, bits {bits:x16}"));

// Scoring is managed code: a process that only scores has loaded neither Microsoft.ML nor the native booster.
if (command == "score")
{
    string[] loaded = [.. AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name ?? string.Empty).Where(n => n.StartsWith("Microsoft.ML", StringComparison.Ordinal))];
    bool native = File.Exists("/proc/self/maps") && File.ReadLines("/proc/self/maps").Any(line => line.Contains("lightgbm", StringComparison.OrdinalIgnoreCase));
    if (loaded.Length > 0 || native)
    {
        Console.Error.WriteLine($"Scoring must be managed code. Loaded: {string.Join(", ", loaded)}{(native ? " and the native booster" : string.Empty)}.");
        return 1;
    }
}

return 0;

IEnumerable<(long Customer, DateTimeOffset At, double Amount, string Channel)> Purchases()
{
    for (int c = 0; c < 500; c++)
    {
        int rhythm = 8 + (c * 7 % 40), first = c * 13 % 300, stops = c % 5 < 2 ? 200 + (c * 37 % 500) : 730;
        for (int k = 0; first + (k * rhythm) < stops; k++)
        {
            yield return (c, opened.AddDays(first + (k * rhythm)), 10 + (c * 3 % 25) + (k % 4), c % 3 == 0 ? "shop" : "web");
        }
    }
}
