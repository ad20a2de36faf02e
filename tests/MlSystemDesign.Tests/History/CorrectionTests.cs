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
    public void Append_LaterCorrection_IsReportedAndReplacesThePast()
    {
        InMemoryHistory past = HistoryRows.Build([Annas, Annas with { EventKey = 8, Hour = 1 }], corrections: true);

        IngestResult ingest = new HistoryBuilder(past)
            .AddEvents("events", new[] { Annas with { Amount = 2, KnownHour = 9 }, Annas with { EventKey = 8, KnownHour = 2 } }, HistoryRows.Map(corrections: true))
            .Build();

        ingest.Report["events"].RowsReplaced.Should().Be(2);
        ingest.Report["events"].RowsKept.Should().Be(1);
        HistoryRows.Facts(ingest.History.LookAhead.ReadAll("anna")["events"]).Should()
            .Be(HistoryRows.Facts([Annas with { Amount = 2, KnownHour = 9 }, Annas with { EventKey = 8, Hour = 1 }]));
    }

    [Fact]
    public void Append_WithoutTheEventKeyOfTheSource_IsRefused() =>
        FluentActions.Invoking(() => HistoryRows.Build([Annas], corrections: true).Append(b => b.AddEvents("events", new[] { Bens }, HistoryRows.Map())))
            .Should().Throw<ArgumentException>().WithMessage("Rows that join a source must have its form. Got no event key where it has one, for source 'events'.*");
}
