using MlSystemDesign;
using MlSystemDesign.History;

namespace Samples;

/// <summary>One purchase.</summary>
public sealed record Purchase(long Customer, DateTimeOffset At, double Amount);

/// <summary>A small shop, made by arithmetic: everyone has a rhythm, and some stop. Stands for the host's own database.</summary>
public static class Shop
{
    private const int Customers = 600;

    /// <summary>The first day on record.</summary>
    public static readonly DateTimeOffset Opened = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The last day on record.</summary>
    public static readonly DateTimeOffset Now = Opened.AddDays(730);

    /// <summary>Gets the decision that the shop makes: a letter costs 1.50 EUR, and is assumed to keep 15 % of those who would leave.</summary>
    public static BusinessCase Case => new()
    {
        Name = "shop retention",
        Decision = "whom we write a letter this week",
        Kpi = new Kpi("margin kept over a year", OutcomeValue.PerRow("amount_sum_365d", 0.3, Currency.Eur)),
        Budget = Money.Eur(150),
        Interventions = [new Intervention { Name = "letter", Cost = Money.Eur(1.50m), Effect = new EffectEstimate(0.15, 0.04, "assumed") }],
    };

    /// <summary>Reads what the shop knows at an instant.</summary>
    public static IHistory HistoryUntil(DateTimeOffset now) => new HistoryBuilder()
        .AddEvents("purchases", Purchases(Opened, now), p => p
            .Entity(x => x.Customer)
            .Time(x => x.At)
            .Number("amount", x => x.Amount, unit: "EUR")
            .ObservedFrom(Opened)
            .ObservedUntil(now))
        .Build().History;

    /// <summary>Customer c buys every 8 to 47 days from a day of its own on; two in five stop at some day.</summary>
    public static IEnumerable<Purchase> Purchases(DateTimeOffset from, DateTimeOffset until)
    {
        for (int c = 0; c < Customers; c++)
        {
            int rhythm = 8 + (c * 7 % 40), first = c * 13 % 300, stops = c % 5 < 2 ? 200 + (c * 37 % 500) : 730;
            for (int k = 0; first + (k * rhythm) < stops; k++)
            {
                DateTimeOffset at = Opened.AddDays(first + (k * rhythm) + (c * k * 31 % 9 / 10.0));
                if (at >= from && at < until)
                {
                    yield return new Purchase(c, at, 10 + (c * 3 % 25) + (k % 4));
                }
            }
        }
    }
}
