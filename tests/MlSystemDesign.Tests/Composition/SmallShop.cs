using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Composition;

/// <summary>A small shop, made by arithmetic: everyone has a rhythm, and two in five stop one day.</summary>
internal static class SmallShop
{
    internal static readonly DateTimeOffset Opened = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static readonly DateTimeOffset Now = Opened.AddDays(540);

    internal static IHistory History(int customers = 150) => new HistoryBuilder()
        .AddEvents("orders", Orders(customers), o => o.Entity(x => x.Customer).Time(x => x.At).Number("euros", x => x.Euros).Category("channel", x => x.Channel))
        .Build().History;

    internal static MlSystemParts Parts => new()
    {
        Case = new BusinessCase
        {
            Name = "shop",
            Decision = "whom we write to",
            Kpi = new Kpi("margin kept", OutcomeValue.PerRow("euros_sum_90d", 1, Currency.Eur)),
            Budget = Money.Eur(30),
            Interventions = [new Intervention { Name = "letter", Cost = Money.Eur(1.5m), Effect = new EffectEstimate(0.2, 0.05, "assumed") }],
        },
        Frame = EventFrame.Absence("no order in 45 d", of: "orders", horizon: TimeSpan.FromDays(45), leadTime: TimeSpan.FromDays(3)).ActiveWithin(TimeSpan.FromDays(80)),
        Features = new BatchFeatureBuilder(FeaturePlan.For("orders", f => f.OverDays(30, 90).Count().Sum("euros").Recency().Category("channel"))),
    };

    private static IEnumerable<(long Customer, DateTimeOffset At, double Euros, string Channel)> Orders(int customers)
    {
        for (int c = 0; c < customers; c++)
        {
            int rhythm = 6 + (c * 7 % 35), first = c * 13 % 200, stops = c % 5 < 2 ? 150 + (c * 37 % 380) : 540;
            for (int k = 0; first + (k * rhythm) < stops; k++)
            {
                yield return (c, Opened.AddDays(first + (k * rhythm) + (c * k * 31 % 9 / 10.0)), 10 + (c * 3 % 25) + (k % 4), c % 3 == 0 ? "shop" : "web");
            }
        }
    }
}
