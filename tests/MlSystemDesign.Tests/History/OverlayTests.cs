using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

public sealed class OverlayTests
{
    private static readonly Row Annas = new("anna", 3, 5, 0, 1.5, "i", 7);

    [Fact]
    public void Overlay_NewEntity_IsKnownThereAndNowhereElse()
    {
        InMemoryHistory history = HistoryRows.Build([Annas]);
        EntityFacts facts = history.LookAhead.ReadAll("anna");

        IHistory overlay = history.Overlay([facts with { Entity = "aaron" }]);

        overlay.EntitiesKnownBefore(HistoryRows.Instant(9)).Should().Equal("aaron", "anna");
        overlay.EntityCount.Should().Be(2);
        history.Contains("aaron").Should().BeFalse();
    }

    [Fact]
    public void Overlay_SequencedSourceWithoutNumbers_KeepsTheGivenOrderOfTies()
    {
        InMemoryHistory history = HistoryRows.Build([Annas with { Amount = 1, Sequence = 9 }, Annas with { Amount = 2, Sequence = 3 }]);
        FactTable facts = history.LookAhead.ReadAll("anna")["events"];
        FactTable unnumbered = new(facts.Schema, facts.EventTicks, facts.KnownTicks, [facts.Numbers(0).ToArray(), default], [default, facts.Codes(1).ToArray()], [.. facts.Levels]);

        history.Overlay([new EntityFacts("anna", [unnumbered])]).LookAhead.ReadAll("anna")["events"].Numbers(0).ToArray().Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("twice", "Each entity must be replaced once. Got 'anna' twice.*")]
    [InlineData("source", "A replacement must hold every source of the history. Got none for source 'events' of entity 'anna'.*")]
    [InlineData("columns", "A replacement must have the columns of source 'events': amount (Number), kind (Category). Got amount (Number) for entity 'anna'.*")]
    [InlineData("text", "A replacement must use the texts of the history. Got 'new' in column 'kind' of source 'events'.*")]
    public void Overlay_FactsThatDoNotFit_AreRefused(string fault, string message)
    {
        InMemoryHistory history = HistoryRows.Build([Annas]);
        EntityFacts facts = history.LookAhead.ReadAll("anna");
        SourceSchema schema = history.Schema["events"];
        SourceSchema narrow = schema with { Columns = [schema.Columns[0]] };

        EntityFacts[] replacements = fault switch
        {
            "twice" => [facts, facts],
            "source" => [facts with { Sources = [] }],
            "columns" => [facts with { Sources = [new FactTable(narrow, default, default, [default], [default], [null])] }],
            _ => [facts with { Sources = [new FactTable(schema, new long[] { 1 }, new long[] { 1 }, [new double[] { 1 }, default], [default, new[] { 0 }], [null, ["new"]])] }],
        };

        FluentActions.Invoking(() => history.Overlay(replacements)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Overlay_OtherDelayThanTheSource_IsRefused()
    {
        InMemoryHistory history = new HistoryBuilder().AddEvents("e", new[] { Annas }, m => m.Entity(r => r.Who).Time(r => r.At).KnownAfter(TimeSpan.FromHours(1))).Build().History;
        FactTable early = new(history.Schema["e"], new[] { Annas.At.UtcTicks }, new[] { Annas.At.UtcTicks }, [], [], []);

        FluentActions.Invoking(() => history.Overlay([new EntityFacts("anna", [early])])).Should().Throw<ArgumentException>()
            .WithMessage("Facts of source 'e' must be known 01:00:00 after they happened, as the source declares. Got 00:00:00 for entity 'anna'. Leave the known times out.");
    }

    [Fact]
    public void Append_AfterOverlayOfASourceWithEventKeys_Works()
    {
        InMemoryHistory history = HistoryRows.Build([Annas, Annas with { Who = "ben", EventKey = 8 }], corrections: true);
        InMemoryHistory overlay = (InMemoryHistory)history.Overlay([history.LookAhead.ReadAll("anna")]);

        InMemoryHistory grown = overlay.Append(b => b.AddEvents("events", new[] { Annas with { Who = "ben", EventKey = 8, KnownHour = 9 } }, HistoryRows.Map(corrections: true)));

        grown.AsOf("ben", HistoryRows.Instant(20))["events"].Count.Should().Be(1);
        grown.LookAhead.ReadAll("ben")["events"].SupersededTicks.ToArray().Should().Equal(long.MaxValue, HistoryRows.Instant(9).UtcTicks);
        grown.LookAhead.ReadAll("anna")["events"].Count.Should().Be(1);
    }

    [Fact]
    public void LookAhead_UnknownSource_ListsThoseThereAre() =>
        FluentActions.Invoking(() => HistoryRows.Build([Annas]).LookAhead.Read("anna", "event", new TimeWindow(HistoryRows.Instant(0), HistoryRows.Instant(1))))
            .Should().Throw<ArgumentException>().WithMessage("The source must be one of the history. Got 'event'. Use one of: events.*");
}
