using CsCheck;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

/// <summary>The laws of revisions and retractions, against the rule said plainly: at a cutoff the version known last before it holds.</summary>
public sealed class VersionLawTests
{
    private static readonly string[] Everybody = ["anna", "ben", "Zoë", "ıpek"];

    [Fact]
    public void AsOf_AnyCutoff_ShowsTheVersionKnownLast() => Version.Many.Select(Gen.Long[-1, 15]).Sample((versions, hour) =>
    {
        InMemoryHistory history = Version.Build(versions).History;
        Row[] visible = [.. Version.Events(versions).Select(e => e.LastOrDefault(v => v.Row.KnownHour < hour)).OfType<Version>()
            .Where(v => !v.IsRetraction && v.Row.Hour < hour).Select(v => v.Row)];

        foreach (string who in Everybody)
        {
            HistoryRows.Facts(history.AsOf(who, HistoryRows.Instant(hour))["events"]).Should().Be(HistoryRows.Facts(visible.Where(r => r.Who == who)));
            history.AsOf(who, HistoryRows.Instant(hour))["events"].SupersededTicks.IsEmpty.Should().BeTrue("what is superseded later is not known yet");
        }
    });

    [Fact]
    public void LookAhead_AnyWindow_ShowsTheFinalVersions() => Version.Many.Select(Gen.Long[0, 8], Gen.Long[1, 5]).Sample((versions, from, length) =>
    {
        FactTable facts = Version.Build(versions).History.LookAhead.Read("anna", "events", new TimeWindow(HistoryRows.Instant(from), HistoryRows.Instant(from + length)));
        IEnumerable<Row> final = Version.Events(versions).Select(e => e[^1]).Where(v => !v.IsRetraction).Select(v => v.Row);

        HistoryRows.Facts(facts).Should().Be(HistoryRows.Facts(final.Where(r => r.Who == "anna" && r.Hour >= from && r.Hour < from + length)));
    });

    [Fact]
    public void EntitiesKnownBefore_AnyCutoff_CountsWhatWasVisibleOnce() => Version.Many.Select(Gen.Long[-1, 15]).Sample((versions, hour) =>
    {
        IEnumerable<Row> kept = Version.Events(versions).SelectMany(e => e.Where((v, i) => !v.IsRetraction && (i + 1 == e.Length || e[i + 1].Row.KnownHour > v.Row.KnownHour))).Select(v => v.Row);

        Version.Build(versions).History.EntitiesKnownBefore(HistoryRows.Instant(hour)).Select(e => e.ToString())
            .Should().Equal(kept.Where(r => r.Hour < hour && r.KnownHour < hour).Select(r => r.Who).Distinct().Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Append_AnyOrderAndPartition_GivesTheBitsOfAllAtOnce() =>
        Version.Some(4, 25).SelectMany(all => Gen.Shuffle(all).Select(shuffled => (all, shuffled)), (_, pair) => pair).Select(Gen.Int[1, 2], Gen.Bool).Sample((pair, cuts, columns) =>
        {
            int first = pair.shuffled.Length / 3 * cuts, second = first + ((pair.shuffled.Length - first) / 2);
            InMemoryHistory grown = Version.Build(pair.shuffled[..first]).History
                .Append(b => b.AddEvents("events", pair.shuffled[first..second], Version.Map))
                .Append(b => _ = columns ? b.AddEvents("events", Version.ToColumns(pair.shuffled[second..])) : b.AddEvents("events", pair.shuffled[second..], Version.Map));

            HistoryRows.Everything(grown).Should().Be(HistoryRows.Everything(Version.Build(pair.all).History));
        });

    [Fact]
    public void Build_ColumnsAndThreads_GiveTheBitsOfObjects() => Version.Many.Select(Gen.Int[1, 8]).Sample((versions, degree) =>
        HistoryRows.Everything(new HistoryBuilder().WithDegreeOfParallelism(degree).AddEvents("events", Version.ToColumns(versions)).Build().History)
            .Should().Be(HistoryRows.Everything(Version.Build(versions).History)));

    [Fact]
    public void Overlay_WithItsOwnFacts_ChangesNothing() => Version.Many.Sample(versions =>
    {
        InMemoryHistory history = Version.Build(versions).History;

        HistoryRows.Everything(history.Overlay([.. Everybody.Select(who => history.LookAhead.ReadAll(who))])).Should().Be(HistoryRows.Everything(history));
    });

    [Fact]
    public void Report_OfAnyVersions_AccountsForEveryRow() => Version.Many.Sample(versions =>
    {
        SourceReport report = Version.Build(versions).Report["events"];
        Version[][] events = Version.Events(versions);

        report.RowsRead.Should().Be(report.RowsKept + report.RowsSkipped + report.RowsReplaced + report.RowsRetracted);
        report.RowsRetracted.Should().Be(versions.Count(v => v.IsRetraction));
        report.RowsReplaced.Should().Be(events.Sum(e => e.Where((v, i) => !v.IsRetraction && i + 1 < e.Length && e[i + 1].Row.KnownHour == v.Row.KnownHour).Count()));
        report.RowsRevised.Should().Be(events.Sum(e => e.Where((v, i) => !v.IsRetraction && i + 1 < e.Length && e[i + 1].Row.KnownHour > v.Row.KnownHour).Count()));
    });
}
