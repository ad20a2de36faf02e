using System.Globalization;
using CsCheck;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

/// <summary>The laws that every history keeps, on random rows with ties, late facts, missing values and letters whose order depends on the culture.</summary>
public sealed class HistoryLawTests
{
    [Fact]
    public void AsOf_AnyCutoff_EqualsNaiveFilter() => HistoryRows.Many.Select(Gen.Long[-1, 14]).Sample((rows, hour) =>
    {
        InMemoryHistory history = HistoryRows.Build(rows);
        string[] visible = [.. rows.Where(r => r.Hour < hour && r.KnownHour < hour).Select(r => r.Who).Distinct().Order(StringComparer.Ordinal)];

        history.EntitiesKnownBefore(HistoryRows.Instant(hour)).Select(e => e.ToString()).Should().Equal(visible);
        foreach (string who in rows.Select(r => r.Who).Distinct())
        {
            HistoryRows.Facts(history.AsOf(who, HistoryRows.Instant(hour))["events"])
                .Should().Be(HistoryRows.Facts(rows.Where(r => r.Who == who && r.Hour < hour && r.KnownHour < hour)));
        }
    });

    [Fact]
    public void AsOf_FixedDelay_EqualsKnownTimeColumnWithThatDelay() => HistoryRows.Many.Select(Gen.Long[0, 4]).Sample((rows, delay) =>
    {
        Row[] late = [.. rows.Select(r => r with { KnownHour = r.Hour + delay })];
        InMemoryHistory column = HistoryRows.Build(late);
        InMemoryHistory fixedDelay = new HistoryBuilder().AddEvents("events", late, m => m
            .Entity(r => r.Who).Time(r => r.At).KnownAfter(TimeSpan.FromHours(delay)).Sequence(r => r.Sequence).Number("amount", r => r.Amount).Category("kind", r => r.Kind))
            .Build().History;

        HistoryRows.Everything(fixedDelay).Should().Be(HistoryRows.Everything(column));
    });

    [Fact]
    public void LookAhead_AnyWindow_EqualsNaiveFilter() => HistoryRows.Many.Select(Gen.Long[0, 8], Gen.Long[1, 5]).Sample((rows, from, length) =>
    {
        FactTable facts = HistoryRows.Build(rows).LookAhead.Read("anna", "events", new TimeWindow(HistoryRows.Instant(from), HistoryRows.Instant(from + length)));

        HistoryRows.Facts(facts).Should().Be(HistoryRows.Facts(rows.Where(r => r.Who == "anna" && r.Hour >= from && r.Hour < from + length)));
    });

    [Fact]
    public void Build_AnyRowOrder_GivesEqualBits() => HistoryRows.Many.SelectMany(rows => Gen.Shuffle(rows).Select(shuffled => (rows, shuffled)), (_, pair) => pair)
        .Select(Gen.Bool).Sample((pair, corrections) =>
            HistoryRows.Everything(HistoryRows.Build(pair.shuffled, corrections)).Should().Be(HistoryRows.Everything(HistoryRows.Build(pair.rows, corrections))));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public void Build_AnyCulture_GivesEqualBits(string culture) => HistoryRows.Many.Sample(
        rows =>
        {
            string invariant = HistoryRows.Everything(HistoryRows.Build(rows));
            CultureInfo before = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                HistoryRows.Everything(HistoryRows.Build(rows)).Should().Be(invariant);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        },
        iter: 30);

    [Fact]
    public void Append_AnyBatches_EqualsBuildingAtOnce() => HistoryRows.Many.Select(HistoryRows.One.Array[0, 6], HistoryRows.One.Array[0, 6], Gen.Bool)
        .Where((_, second, third, _) => second.Length > 0 && third.Length > 0)
        .Sample((first, second, third, corrections) =>
        {
            InMemoryHistory grown = HistoryRows.Build(first, corrections)
                .Append(b => b.AddEvents("events", second, HistoryRows.Map(corrections)))
                .Append(b => b.AddEvents("events", third, HistoryRows.Map(corrections)));

            HistoryRows.Everything(grown).Should().Be(HistoryRows.Everything(HistoryRows.Build([.. first, .. second, .. third], corrections)));
        });

    [Fact]
    public void Append_Rows_LeavesThePastAsItWas() => HistoryRows.Many.Select(HistoryRows.Many, Gen.Bool).Sample((rows, more, corrections) =>
    {
        InMemoryHistory past = HistoryRows.Build(rows, corrections);
        string before = HistoryRows.Everything(past);

        past.Append(b => b.AddEvents("events", more, HistoryRows.Map(corrections)));

        HistoryRows.Everything(past).Should().Be(before);
    });

    [Fact]
    public void Overlay_WithItsOwnFacts_ChangesNothing() => HistoryRows.Many.Sample(rows =>
    {
        InMemoryHistory history = HistoryRows.Build(rows);

        IHistory overlay = history.Overlay([.. rows.Select(r => new EntityKey(r.Who)).Distinct().Select(history.LookAhead.ReadAll)]);

        HistoryRows.Everything(overlay).Should().Be(HistoryRows.Everything(history));
    });

    [Fact]
    public void Overlay_WithFactsOfAnotherHistory_EqualsBuildingFromThem() => HistoryRows.Many.Select(HistoryRows.Many).Sample((rows, others) =>
    {
        Row[] texts = [.. "iIıé".Select((c, i) => new Row("ben", i, i, 0, 0, c.ToString(), 0))]; // both dictionaries hold every text
        Row[] here = [.. rows, .. texts];
        Row[] there = [.. others.Where(r => r.Who == "anna"), .. texts];
        InMemoryHistory history = HistoryRows.Build(here);

        IHistory overlay = history.Overlay([HistoryRows.Build(there).LookAhead.ReadAll("anna")]);

        InMemoryHistory expected = HistoryRows.Build([.. here.Where(r => r.Who != "anna"), .. there.Where(r => r.Who == "anna")]);
        WithoutSpan(overlay).Should().Be(WithoutSpan(expected));
    });

    [Fact]
    public void Slice_AnyEntities_EqualsBuildingFromTheirRows() => HistoryRows.Many.Sample(rows =>
    {
        InMemoryHistory history = HistoryRows.Build(rows);

        IHistory slice = history.Slice(["Zoë", "anna", "nobody"]);

        for (long hour = -1; hour < 16; hour++)
        {
            slice.EntitiesKnownBefore(HistoryRows.Instant(hour)).Should().Equal(
                history.EntitiesKnownBefore(HistoryRows.Instant(hour)).Where(e => e == "Zoë" || e == "anna"));
        }

        foreach (string who in new[] { "anna", "Zoë" })
        {
            HistoryRows.Facts(slice.LookAhead.ReadAll(who)["events"], codes: true).Should().Be(HistoryRows.Facts(history.LookAhead.ReadAll(who)["events"], codes: true));
        }

        slice.Contains("ben").Should().BeFalse();
    });

    [Fact]
    public void Append_ToSlice_EqualsSliceOfAppended() => HistoryRows.Many.Select(HistoryRows.Many, Gen.Bool).Sample((rows, more, corrections) =>
    {
        Row[] annasKeys = [.. rows.Select(r => r with { EventKey = r.EventKey + (r.Who == "anna" ? 100 : 0) })];
        Row[] annas = [.. more.Select(r => r with { Who = "anna", EventKey = r.EventKey + 100 })];
        InMemoryHistory history = HistoryRows.Build(annasKeys, corrections);

        InMemoryHistory first = (InMemoryHistory)history.Slice(["anna"]);
        InMemoryHistory sliced = first.Append(b => b.AddEvents("events", annas, HistoryRows.Map(corrections)));
        IHistory appended = history.Append(b => b.AddEvents("events", annas, HistoryRows.Map(corrections))).Slice(["anna"]);

        HistoryRows.Facts(sliced.LookAhead.ReadAll("anna")["events"]).Should().Be(HistoryRows.Facts(appended.LookAhead.ReadAll("anna")["events"]));
    });

    private static string WithoutSpan(IHistory history) => HistoryRows.Everything(history).Split('\n', 2)[1];
}
