using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

public sealed class CorrectionTests
{
    private static readonly Row Annas = new("anna", 3, 5, 0, 1.5, "i", 7);
    private static readonly Row Bens = Annas with { Who = "ben" };

    [Fact]
    public void EventKey_RowsThatDifferInTheEntityOnly_KeepsTheGreaterKeyInAnyOrder()
    {
        foreach (Row[] rows in new Row[][] { [Annas, Bens], [Bens, Annas] })
        {
            InMemoryHistory grown = HistoryRows.Build(rows[..1], corrections: true).Append(b => b.AddEvents("events", rows[1..], HistoryRows.Map(corrections: true)));

            foreach (InMemoryHistory history in new[] { HistoryRows.Build(rows, corrections: true), grown })
            {
                history.Contains("anna").Should().BeFalse();
                history.Contains("ben").Should().BeTrue();
            }
        }
    }

    [Fact]
    public void Append_EventKeyOfAnEntityOutsideTheSlice_ReplacesNothing()
    {
        Row other = Annas with { EventKey = 1 };
        InMemoryHistory slice = (InMemoryHistory)HistoryRows.Build([other, Bens], corrections: true).Slice(["anna"]);

        InMemoryHistory grown = slice.Append(b => b.AddEvents("events", new[] { Annas with { Hour = 2 } }, HistoryRows.Map(corrections: true)));

        HistoryRows.Facts(grown.LookAhead.ReadAll("anna")["events"]).Should().Be(HistoryRows.Facts([other, Annas with { Hour = 2 }]));
    }

    [Fact]
    public void Append_LaterAndEarlierVersions_AreReportedAndTakeTheirPlaceInTime()
    {
        InMemoryHistory past = HistoryRows.Build([Annas, Annas with { EventKey = 8, Hour = 1 }], corrections: true);

        IngestResult ingest = new HistoryBuilder(past)
            .AddEvents("events", new[] { Annas with { Amount = 2, KnownHour = 9 }, Annas with { EventKey = 8, KnownHour = 2 } }, HistoryRows.Map(corrections: true))
            .Build();

        SourceReport report = ingest.Report["events"];
        (report.RowsKept, report.RowsReplaced, report.RowsRevised, report.RowsRetracted).Should().Be((2, 0, 2, 0));
        AsOf(4).Should().Be(HistoryRows.Facts([Annas with { EventKey = 8, KnownHour = 2 }]));
        AsOf(6).Should().Be(HistoryRows.Facts([Annas, Annas with { EventKey = 8, Hour = 1 }]));
        AsOf(10).Should().Be(HistoryRows.Facts([Annas with { Amount = 2, KnownHour = 9 }, Annas with { EventKey = 8, Hour = 1 }]));

        string AsOf(long hour) => HistoryRows.Facts(ingest.History.AsOf("anna", HistoryRows.Instant(hour))["events"]);
    }

    [Fact]
    public void Append_SecondVersionKnownAtTheSameTime_ReplacesTheFirst()
    {
        IngestResult ingest = new HistoryBuilder(HistoryRows.Build([Annas], corrections: true))
            .AddEvents("events", new[] { Annas with { Amount = 2, Sequence = 1 } }, HistoryRows.Map(corrections: true)).Build();

        (ingest.Report["events"].RowsKept, ingest.Report["events"].RowsReplaced, ingest.Report["events"].RowsRevised).Should().Be((1, 1, 0));
        HistoryRows.Facts(ingest.History.LookAhead.ReadAll("anna")["events"]).Should().Be(HistoryRows.Facts([Annas with { Amount = 2, Sequence = 1 }]));
    }

    [Fact]
    public void Retracted_WithoutAnEventKey_IsRefused() =>
        FluentActions.Invoking(() => new HistoryBuilder().AddEvents("e", new[] { Annas }, m => m.Entity(r => r.Who).Time(r => r.At).Retracted(_ => true)))
            .Should().Throw<ArgumentException>().WithMessage("A retraction must say what it retracts. Got retractions without an event key for source 'e'. Map the key with EventKey(...).");

    [Fact]
    public void Append_WithoutTheEventKeyOfTheSource_IsRefused() =>
        FluentActions.Invoking(() => HistoryRows.Build([Annas], corrections: true).Append(b => b.AddEvents("events", new[] { Bens }, HistoryRows.Map())))
            .Should().Throw<ArgumentException>().WithMessage("Rows that join a source must have its form. Got no event key where it has one, for source 'events'.*");
}
