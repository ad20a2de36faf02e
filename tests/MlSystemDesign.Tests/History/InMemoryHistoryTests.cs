using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

public sealed class InMemoryHistoryTests
{
    private static readonly Purchase[] Purchases =
    [
        new("ben", Day(5), 20, "book"),
        new("anna", Day(1), 10, "music"),
        new("anna", Day(9), 30, null),
        new("anna", Day(4), double.NaN, "book"),
    ];

    [Fact]
    public void AsOf_Cutoff_GivesEarlierFactsNewestFirst()
    {
        FactTable facts = Build(Purchases).AsOf("anna", Day(9))["purchases"];

        facts.EventTicks.ToArray().Should().Equal(Day(4).UtcTicks, Day(1).UtcTicks);
        facts.Numbers(0).ToArray().Should().Equal(double.NaN, 10);
        facts.Codes(1).ToArray().Select(c => facts.Levels[1]![c]).Should().Equal("book", "music");
    }

    [Fact]
    public void AsOf_FactAtCutoff_LeavesItOut() =>
        Build(Purchases).AsOf("ben", Day(5))["purchases"].Count.Should().Be(0);

    [Fact]
    public void AsOf_FactJustBeforeCutoff_HoldsIt() =>
        Build(Purchases).AsOf("ben", Day(5).AddTicks(1))["purchases"].Count.Should().Be(1);

    [Fact]
    public void AsOf_MissingCategory_IsMinusOne() =>
        Build(Purchases).AsOf("anna", Day(10))["purchases"].Codes(1)[0].Should().Be(-1);

    [Fact]
    public void AsOf_EntityNeverSeen_GivesEmptyTables()
    {
        EntityFacts facts = Build(Purchases).AsOf("nobody", Day(10));

        facts.Sources.Should().ContainSingle().Which.Count.Should().Be(0);
    }

    [Fact]
    public void AsOf_LateFact_IsLeftOutUntilKnown()
    {
        (string Who, DateTimeOffset At, DateTimeOffset Known)[] rows = [("anna", Day(1), Day(8)), ("anna", Day(3), Day(3)), ("anna", Day(5), Day(6))];
        InMemoryHistory history = new HistoryBuilder()
            .AddEvents("calls", rows, m => m.Entity(r => r.Who).Time(r => r.At).KnownTime(r => r.Known))
            .Build().History;

        Days(Day(4)).Should().Equal(3);
        Days(Day(6)).Should().Equal(3);
        Days(Day(7)).Should().Equal(5, 3);
        Days(Day(9)).Should().Equal(5, 3, 1);

        int[] Days(DateTimeOffset cutoff) => [.. history.AsOf("anna", cutoff)["calls"].EventTicks.ToArray().Select(t => new DateTimeOffset(t, default).Day)];
    }

    [Fact]
    public void AsOf_FixedDelay_HidesFactsUntilItHasPassed()
    {
        InMemoryHistory history = new HistoryBuilder()
            .AddEvents("purchases", Purchases, m => m.Entity(p => p.Who).Time(p => p.At).KnownAfter(TimeSpan.FromDays(2)))
            .Build().History;

        history.AsOf("anna", Day(6))["purchases"].Count.Should().Be(1);
        history.AsOf("anna", Day(6).AddTicks(1))["purchases"].Count.Should().Be(2);
    }

    [Fact]
    public void AsOf_NothingLate_CopiesNothing()
    {
        InMemoryHistory history = Build(Purchases);
        FactTable early = history.AsOf("anna", Day(5))["purchases"], late = history.AsOf("anna", Day(10))["purchases"];

        early.EventTicks.Span.Overlaps(late.EventTicks.Span).Should().BeTrue();
        early.Numbers(0).Overlaps(late.Numbers(0)).Should().BeTrue();
    }

    [Fact]
    public void EntitiesKnownBefore_EventsAndAttributes_CountsDatedOnesInKeyOrder()
    {
        InMemoryHistory history = new HistoryBuilder()
            .AddEvents("purchases", Purchases, m => m.Entity(p => p.Who).Time(p => p.At))
            .AddAttributes("plans", new[] { ("cleo", Day(2)) }, m => m.Entity(p => p.Item1).Time(p => p.Item2))
            .AddAttributes("customers", new[] { "anna", "dora" }, m => m.Entity(c => c))
            .Build().History;

        history.EntitiesKnownBefore(Day(1)).Should().BeEmpty();
        history.EntitiesKnownBefore(Day(2)).Should().Equal("anna");
        history.EntitiesKnownBefore(Day(3)).Should().Equal("anna", "cleo");
        history.EntitiesKnownBefore(Day(6)).Should().Equal("anna", "ben", "cleo");
        history.EntityCount.Should().Be(4);
        history.Contains("dora").Should().BeTrue();
    }

    [Fact]
    public void AsOf_UndatedAttribute_HoldsFromTheBeginning()
    {
        InMemoryHistory history = new HistoryBuilder()
            .AddAttributes("customers", new[] { ("anna", 9.99) }, m => m.Entity(c => c.Item1).Number("fee", c => c.Item2, "EUR"))
            .Build().History;

        history.AsOf("anna", DateTimeOffset.MinValue.AddTicks(1))["customers"].Numbers(0)[0].Should().Be(9.99);
    }

    [Fact]
    public void LookAhead_Window_IsHalfOpenAndIgnoresTheCutoff()
    {
        FactTable facts = Build(Purchases).LookAhead.Read("anna", "purchases", new TimeWindow(Day(4), Day(9)));

        facts.EventTicks.ToArray().Should().Equal(Day(4).UtcTicks);
    }

    [Fact]
    public void Slice_SomeEntities_HoldsOnlyThem()
    {
        IHistory slice = Build(Purchases).Slice(["ben", "nobody", "ben"]);

        slice.EntityCount.Should().Be(1);
        slice.Contains("anna").Should().BeFalse();
        slice.EntitiesKnownBefore(Day(10)).Should().Equal("ben");
        slice.AsOf("ben", Day(10))["purchases"].Numbers(0).ToArray().Should().Equal(20);
        slice.AsOf("anna", Day(10))["purchases"].Count.Should().Be(0);
    }

    [Fact]
    public void Overlay_Facts_ReplacesThoseOfTheEntityAndSharesTheRest()
    {
        InMemoryHistory history = Build(Purchases);
        FactTable anna = history.LookAhead.ReadAll("anna")["purchases"];
        FactTable changed = new(anna.Schema, new[] { Day(1).UtcTicks, Day(7).UtcTicks }, default, [new[] { 1.0, 7.0 }, default], [default, new[] { 0, -1 }], [.. anna.Levels]);

        IHistory overlay = history.Overlay([new EntityFacts("anna", [changed])]);

        overlay.AsOf("anna", Day(10))["purchases"].Numbers(0).ToArray().Should().Equal(7, 1);
        overlay.AsOf("ben", Day(10))["purchases"].Numbers(0).Overlaps(history.AsOf("ben", Day(10))["purchases"].Numbers(0)).Should().BeTrue();
        history.AsOf("anna", Day(10))["purchases"].Count.Should().Be(3);
    }

    [Fact]
    public void Overlay_NoFacts_MakesTheEntityUnknown()
    {
        InMemoryHistory history = Build(Purchases);

        IHistory overlay = history.Overlay([new EntityFacts("anna", [history.AsOf("anna", DateTimeOffset.MinValue)["purchases"]])]);

        overlay.EntitiesKnownBefore(Day(10)).Should().Equal("ben");
        overlay.Contains("anna").Should().BeFalse();
        overlay.EntityCount.Should().Be(1);
    }

    private static InMemoryHistory Build(IEnumerable<Purchase> rows) => new HistoryBuilder()
        .AddEvents("purchases", rows, m => m.Entity(p => p.Who).Time(p => p.At).Number("amount", p => p.Amount, unit: "EUR").Category("kind", p => p.Kind))
        .Build().History;

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    private sealed record Purchase(string Who, DateTimeOffset At, double Amount, string? Kind);
}
