using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Leakage;

/// <summary>A small business of 40 customers over 200 days: purchases, complaints that become known days later, deliveries with a fixed delay, a dated plan.</summary>
internal static class Shop
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static readonly DateTimeOffset[] Cutoffs = [Start.AddDays(60), Start.AddDays(90), Start.AddDays(120)];

    internal static readonly InMemoryHistory History = Build();

    internal static readonly EntityKey[] Customers = [.. Enumerable.Range(0, 40).Select(i => new EntityKey($"customer {i:00}"))];

    internal static ObservationSet Observations => ObservationSet.Concat([.. Cutoffs.Select(c => ObservationSet.At(History.EntitiesKnownBefore(c), c))]);

    internal static LabelledObservations Labels =>
        new(Observations, Observations.Select((_, i) => i % 3 == 0 ? LabelStatus.Positive : LabelStatus.Negative).ToArray(), TimeSpan.FromDays(5), TimeSpan.FromDays(30));

    private static InMemoryHistory Build()
    {
        Random random = new(7);
        Row[] purchases = [.. Rows(random, 600, _ => 0)], complaints = [.. Rows(random, 200, r => r.Next(0, 15))], deliveries = [.. Rows(random, 300, _ => 0)];
        Row[] plans = [.. Rows(random, 120, _ => 0)];
        return new HistoryBuilder()
            .AddEvents("purchases", purchases, m => m.Entity(r => r.Customer).Time(r => r.At).Number("amount", r => r.Amount, "EUR").Category("kind", r => r.Kind))
            .AddEvents("complaints", complaints, m => m.Entity(r => r.Customer).Time(r => r.At).KnownTime(r => r.KnownAt).Number("severity", r => r.Amount))
            .AddEvents("deliveries", deliveries, m => m.Entity(r => r.Customer).Time(r => r.At).KnownAfter(TimeSpan.FromDays(3)).Number("weight", r => r.Amount))
            .AddAttributes("plans", plans, m => m.Entity(r => r.Customer).Time(r => r.At).Category("plan", r => r.Kind))
            .Build().History;
    }

    private static IEnumerable<Row> Rows(Random random, int count, Func<Random, int> delay)
    {
        for (int i = 0; i < count; i++)
        {
            int customer = random.Next(40);

            // A quarter of the customers appear only after the first cutoffs.
            double day = customer < 30 ? random.NextDouble() * 200 : 80 + (random.NextDouble() * 120);
            DateTimeOffset at = Start.AddDays(day);
            yield return new Row($"customer {customer:00}", at, at.AddDays(delay(random)), 1 + (random.NextDouble() * 50), "abc"[random.Next(3)].ToString());
        }
    }

    private sealed record Row(string Customer, DateTimeOffset At, DateTimeOffset KnownAt, double Amount, string Kind);
}
