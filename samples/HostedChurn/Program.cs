// A service that lives with one decision system: it trains at start, then every week scores, decides, records what came of earlier decisions, and looks for drift.
// The clock is simulated, so that three months pass in seconds.
using HostedChurn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using Samples;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);

FakeTimeProvider clock = new(Shop.Opened.AddDays(600));
builder.Services.AddSingleton(clock).AddSingleton<TimeProvider>(clock);
builder.Services.AddHostedService<ChurnService>();
builder.Services.AddMlSystem("churn", ml => ml
    .Configure(o => o.DegreeOfParallelism = 2)
    .UseCase(Shop.Case)
    .UseFrame(EventFrame.Absence("no purchase in 60 d", of: "purchases", horizon: TimeSpan.FromDays(60), leadTime: TimeSpan.FromDays(7)).ActiveWithin(TimeSpan.FromDays(90)))
    .UseFeatures(FeaturePlan.For("purchases", f => f.OverDays(30, 90, 365).Count().Sum("amount").Recency()))
    .UseLedgerFile(Path.Combine(Directory.CreateTempSubdirectory("hosted-churn-").FullName, "ledger.log")));

await builder.Build().RunAsync();
