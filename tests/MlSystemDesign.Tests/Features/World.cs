using CsCheck;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Features;

/// <summary>One event as the tests see it: who, when, known when, how much, of what kind.</summary>
internal sealed record Deed(string Who, long At, long Known, double Amount, string? Kind, int Sequence)
{
    internal DateTimeOffset Time => new(At, TimeSpan.Zero);

    internal DateTimeOffset KnownTime => new(Known, TimeSpan.Zero);
}

/// <summary>One attribute row.</summary>
internal sealed record Trait(string Who, long At, double Fee, string? Plan)
{
    internal DateTimeOffset Time => new(At, TimeSpan.Zero);
}

/// <summary>Small histories, made by hand or at random, with everything that hurts: ties, late facts, missing values, whole days and ticks.</summary>
internal sealed record World(Deed[] Deeds, Trait[] Traits)
{
    internal static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    internal static readonly string[] People = ["anna", "ben", "çelik", "İpek"];
    private static readonly string?[] Kinds = ["ticket", "order", "visit", null];
    private static readonly double[] Amounts = [double.NaN, 0.0, -0.0, 0.1, 0.2, 0.3, 19.99, -7.5, 1e9, 1e-9, 123456.78];

    internal static Gen<World> Random { get; } =
        from deeds in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 10], Gen.Int[0, 3]).Array[0, 60]
        from traits in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 40], Gen.Int[0, 10], Gen.Int[0, 3]).Array[0, 8]
        select new World(
            [.. deeds.Select((d, i) => new Deed(People[d.Item1], Day(d.Item2, d.Item3), Day(d.Item2, d.Item3) + Delay(d.Item4), Amounts[d.Item5], Kinds[d.Item6], i))],
            [.. traits.Select((t, i) => new Trait(People[t.Item1], Day(t.Item2, 0) + i, Amounts[t.Item3], Kinds[t.Item4]))]);

    internal static DateTimeOffset At(double days) => Origin.AddTicks((long)(days * TimeSpan.TicksPerDay));

    /// <summary>Builds the history; the observed span is declared, so that no fact moves it.</summary>
    internal InMemoryHistory History() => new HistoryBuilder()
        .AddEvents("deeds", Deeds, m => m
            .Entity(d => d.Who).Time(d => d.Time).KnownTime(d => d.KnownTime).Sequence(d => d.Sequence)
            .Number("amount", d => d.Amount, "EUR").Category("kind", d => d.Kind).ObservedFrom(At(2)).ObservedUntil(At(38)))
        .AddAttributes("people", Traits, m => m
            .Entity(t => t.Who).Time(t => t.Time).Number("fee", t => t.Fee, "EUR").Category("plan", t => t.Plan).ObservedFrom(At(0)).ObservedUntil(At(41)))
        .Build().History;

    /// <summary>Every person, and one nobody has heard of, at cutoffs on and between the days.</summary>
    internal static ObservationSet Rows() => ObservationSet.Of(
        new[] { 0.0, 3, 10, 17.5, 30, 37, 55 }.SelectMany(day => People.Append("nobody").Select(who => new Observation(who, At(day)))));

    // Whole days, so that window edges are hit often, and neighbours one tick away.
    private static long Day(int day, int nudge) => At(day).UtcTicks + (nudge == 3 ? -1 : nudge == 2 ? 1 : 0);

    private static long Delay(int step) => step switch { 0 or 1 => 0, 2 => TimeSpan.TicksPerDay, _ => 9 * TimeSpan.TicksPerDay };
}
