// One part swapped in: a host's own trainer, with everything else as it comes, saved and loaded like the rest.
using CustomTrainer;
using Microsoft.Extensions.DependencyInjection;
using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using Samples;

IHistory history = Shop.HistoryUntil(Shop.Now);

ServiceProvider services = new ServiceCollection()
    .AddMlSystem("churn", ml => ml
        .UseCase(Shop.Case)
        .UseFrame(EventFrame.Absence("no purchase in 60 d", of: "purchases", horizon: TimeSpan.FromDays(60), leadTime: TimeSpan.FromDays(7)))
        .UseFeatures(FeaturePlan.For("purchases", f => f.OverDays(90, 365).Count().Sum("amount").Recency()))
        .UseTrainer(new ScorecardTrainer("recency"))
        .AddArtifactCodec(new ScorecardCodec())
        .AddArtifactCodec(new AsItIsCodec()))
    .BuildServiceProvider();

IMlSystem system = services.GetRequiredKeyedService<IMlSystem>("churn");
TrainingRun run = await system.TrainAsync(history);
Console.WriteLine($"{run.System.Model.Algorithm}: {run.Evaluation["AUC-ROC"]}");

string path = Path.Combine(Path.GetTempPath(), "custom.mlsystem");
system.Save(path);
double before = await system.ScoreAsync(history, 7, Shop.Now);
system.Load(path);
double after = await system.ScoreAsync(history, 7, Shop.Now);
Console.WriteLine(before == after ? "the host's own model scores the same after saving and loading" : "the scores differ");
File.Delete(path);
return before == after ? 0 : 1;
