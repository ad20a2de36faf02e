using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>A small shop that needs no file: orders that are corrected later, lines without a customer, visits, and a plan that changes.</summary>
internal static class SimulatedShop
{
    private const int Customers = 200;
    private const int Days = 400;
    private static readonly DateTimeOffset Opened = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Opened.AddDays(Days);
    private static readonly string[] Kinds = ["book", "game", "music"];

    public static Tour Create()
    {
        //// features
        HistoryBuilder sources = new HistoryBuilder()
            .AddEvents("orders", Orders(seed: 7), m => m.Entity(o => o.Customer).Time(o => o.At).KnownTime(o => o.KnownAt).EventKey(o => o.Id)
                .Number("euros", o => o.Euros, "EUR").Category("kind", o => o.Kind).OnBadRows(BadRows.SkipAndReport).ObservedFrom(Opened).ObservedUntil(Now))
            .AddEvents("visits", Visits(seed: 8), m => m.Entity(v => v.Customer).Time(v => v.At).Number("minutes", v => v.Minutes, "min").ObservedFrom(Opened).ObservedUntil(Now))
            .AddAttributes("plans", Plans(), m => m.Entity(p => p.Customer).Time(p => p.From).Category("plan", p => p.Name).Number("fee", p => p.Fee, "EUR"));
        FeaturePlan plan = FeaturePacks.RecencyFrequencyMonetary("orders", "euros").And(FeaturePacks.EngagementTrend("visits", "minutes"))
            .And("orders", f => f.OverDays(90).PerCategory("kind", Kinds, k => k.Count()).Custom(new WeekendShare()))
            .And("plans", f => f.Category("plan").Attribute("fee", within: TimeSpan.FromDays(365)).Age());
        //// end

        return new Tour
        {
            Title = "A simulated shop: 200 customers over 400 days",
            Sources = sources,
            Plan = plan,
            Rows = Tour.EveryoneAt(Now.AddDays(-20), Now),
            Shown = ["recency", "euros_sum_90d", "book_count_90d", "weekend_share_90d", "visits_count_30d", "minutes_slope_90d", "plan", "fee_within_365d", "attribute_age"],
        };
    }

    /// <summary>Orders are known within a day; one in twenty is corrected ten days later, and one in thirty has no customer.</summary>
    private static IEnumerable<Order> Orders(int seed)
    {
        Random random = new(seed);
        for (int id = 0; id < 4000; id++)
        {
            int customer = (int)(Customers * Math.Pow(random.NextDouble(), 2));
            DateTimeOffset at = Opened.AddMinutes(random.Next(Days * 24 * 60));
            Order order = new(id, customer, at, at.AddHours(random.Next(24)), Math.Round(5 + (60 * random.NextDouble()), 2), Kinds[random.Next(Kinds.Length)]);
            yield return random.Next(30) == 0 ? order with { Customer = null } : order;
            if (random.Next(20) == 0)
            {
                yield return order with { KnownAt = at.AddDays(10), Euros = Math.Round(order.Euros / 2, 2) };
            }
        }
    }

    private static IEnumerable<Visit> Visits(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 12_000; i++)
        {
            yield return new Visit((int)(Customers * Math.Pow(random.NextDouble(), 2)), Opened.AddMinutes(random.Next(Days * 24 * 60)), random.Next(1, 40));
        }
    }

    /// <summary>Everyone starts on the free plan; every third customer moves to a paid one after some months.</summary>
    private static IEnumerable<Plan> Plans()
    {
        for (int customer = 0; customer < Customers; customer++)
        {
            yield return new Plan(customer, Opened, "free", 0);
            if (customer % 3 == 0)
            {
                yield return new Plan(customer, Opened.AddDays(90 + (customer % 100)), "plus", 4.99);
            }
        }
    }

    private sealed record Order(long Id, long? Customer, DateTimeOffset At, DateTimeOffset KnownAt, double Euros, string Kind);

    private sealed record Visit(long Customer, DateTimeOffset At, double Minutes);

    private sealed record Plan(long Customer, DateTimeOffset From, string Name, double Fee);
}
