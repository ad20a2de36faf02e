using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.History;
using MlSystemDesign.Tests.Features;

namespace MlSystemDesign.Tests.History;

/// <summary>Histories that lie in a folder, partition by partition.</summary>
public sealed class PartitionedHistoryTests
{
    private const string Tag = "these rows";

    [Fact]
    public void Load_AnyWorldAndPlan_GivesTheBitsOfTheWholeHistory() => Gen.Select(Gen.Frequency((4, Worlds.Any), (4, Worlds.Revised), (1, Worlds.AtTheEdges), (1, LateWorlds.Any)), RandomPlans.Any, Gen.Int[1, 5]).Sample(
        (world, plan, count) =>
        {
            using Folder folder = new();
            PartitionedHistory parts = world.World.Sources().PartitionAsync(folder.Path, count, Tag).GetAwaiter().GetResult();
            ObservationSet rows = Worlds.Rows(world.Cutoffs);
            FeatureTable whole = Plans.Build(plan, world.World.History(), rows);

            for (int p = 0; p < count; p++)
            {
                int[] mine = [.. Enumerable.Range(0, rows.Count).Where(row => HistoryBuilder.PartitionOf(rows.Entities[row], count) == p)];
                if (mine.Length > 0)
                {
                    Values(Plans.Build(plan, parts.Load(p), rows.Select(mine))).Should().Equal(Values(whole.SelectRows(mine)));
                }
            }
        },
        iter: Cases.Some);

    [Fact]
    public void Load_OnePartition_ShowsWhatTheWholeHistoryShows() => HistoryRows.Many.Sample(
        rows =>
        {
            using Folder folder = new();
            PartitionedHistory parts = Sources(rows).PartitionAsync(folder.Path, 1, Tag).GetAwaiter().GetResult();

            HistoryRows.Everything(parts.Load(0)).Should().Be(HistoryRows.Everything(HistoryRows.Build(rows)));
        },
        iter: Cases.Some);

    [Fact]
    public void Load_AnyVersionsAndPartitions_ShowsWhatTheWholeHistoryShows() => Gen.Select(Version.Many, Gen.Int[1, 5], Gen.Bool).Sample(
        (versions, count, columns) =>
        {
            using Folder folder = new();
            HistoryBuilder sources = columns
                ? new HistoryBuilder().AddEvents("events", versions.Chunk(4).Select(Version.ToColumns))
                : new HistoryBuilder().AddEvents("events", versions, Version.Map);
            PartitionedHistory parts = sources.PartitionAsync(folder.Path, count, Tag).GetAwaiter().GetResult();
            InMemoryHistory whole = Version.Build(versions).History;
            InMemoryHistory[] loaded = [.. Enumerable.Range(0, count).Select(p => parts.Load(p))];

            loaded.Sum(p => p.EntityCount).Should().Be(whole.EntityCount, "a row in a partition that is not its entity's makes nobody known there");
            loaded.Should().OnlyContain(p => p.Schema["events"].Observed == whole.Schema["events"].Observed);
            for (long hour = -1; hour < 16; hour++)
            {
                loaded.SelectMany(p => p.EntitiesKnownBefore(HistoryRows.Instant(hour))).Should().BeEquivalentTo(whole.EntitiesKnownBefore(HistoryRows.Instant(hour)));
            }

            foreach (string who in new[] { "anna", "ben", "Zoë", "ıpek" })
            {
                HistoryRows.Everything(loaded[HistoryBuilder.PartitionOf(who, count)], who).Should().Be(HistoryRows.Everything(whole, who));
            }
        },
        iter: 3 * Cases.Many);

    [Fact]
    public async Task Load_CorrectionThatMovesAnEvent_EndsItWhereItWasAndBeginsItWhereItIs()
    {
        using Folder folder = new();
        HistoryBuilder.PartitionOf("anna", 4).Should().NotBe(HistoryBuilder.PartitionOf("ıpek", 4));
        Row[] rows = [new("anna", 1, 1, 0, 7, "i", 5), new("ıpek", 1, 4, 0, 7, "i", 5)];
        PartitionedHistory parts = await new HistoryBuilder().AddEvents("events", rows, HistoryRows.Map(corrections: true)).PartitionAsync(folder.Path, 4, Tag);

        int CountOf(string who, long hour) => parts.Load(HistoryBuilder.PartitionOf(who, 4)).AsOf(who, HistoryRows.Instant(hour))["events"].Count;
        (CountOf("anna", 4), CountOf("anna", 5), CountOf("ıpek", 4), CountOf("ıpek", 5)).Should().Be((1, 0, 0, 1));
    }

    [Fact]
    public async Task Load_RetractionsInOnePartOfASourceOnly_ShowsWhatTheWholeHistoryShows()
    {
        using Folder folder = new();
        Row[] first = [new("anna", 1, 1, 0, 7, "i", 5), new("ben", 2, 2, 0, 8, "é", 6), new("Zoë", 2, 2, 0, 8, "é", 7)];
        Version[] second = [new(first[0] with { KnownHour = 3 }, true), new(new Row("ıpek", 2, 4, 0, 8, "i", 6), true), new(new Row("ben", 2, 4, 0, 8, "i", 99), true)];
        HistoryBuilder Sources() => new HistoryBuilder().AddEvents("events", second, Version.Map).AddEvents("events", first, HistoryRows.Map(corrections: true));
        PartitionedHistory parts = await Sources().PartitionAsync(folder.Path, 4, Tag);
        InMemoryHistory whole = Sources().Build().History;

        foreach (string who in new[] { "anna", "ben", "Zoë", "ıpek" })
        {
            HistoryRows.Everything(parts.Load(HistoryBuilder.PartitionOf(who, 4)), who).Should().Be(HistoryRows.Everything(whole, who));
        }
    }

    [Fact]
    public async Task Load_DifferentKeysWithOneHash_KeepsTheirEventsApart()
    {
        ulong hash = 0xCBF29CE484222325; // that of texts is FNV-1a, and so is an integer with the same hash
        foreach (char c in "s:x")
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        (string Who, EntityKey Key)[] rows = [("anna", "x"), ("ıpek", (long)hash)];
        using Folder folder = new();
        PartitionedHistory parts = await new HistoryBuilder().AddEvents("events", rows, m => m.Entity(r => r.Who).Time(_ => World.Origin).EventKey(r => (EntityKey?)r.Key)).PartitionAsync(folder.Path, 4, Tag);

        foreach (string who in new[] { "anna", "ıpek" })
        {
            InMemoryHistory part = parts.Load(HistoryBuilder.PartitionOf(who, 4));
            part.EntitiesKnownBefore(World.Origin.AddDays(1)).Should().Equal([who], "the row of the other key is nobody's here");
            part.LookAhead.ReadAll(who)["events"].Count.Should().Be(1);
        }
    }

    [Fact]
    public async Task Partition_EventKeys_CopiesOnlyRowsThatAreNeededElsewhere()
    {
        const int Events = 5000, Moved = 40;
        Row[] rows = [.. Enumerable.Range(0, Events).SelectMany(i => new[] { new Row($"p{i % 97}", 1, 1, 0, i, "i", i), new Row($"p{i % 97}", 1, 2, 0, i + 1, "i", i) })];
        long plain = await Length(rows, false), kept = await Length(rows, true);
        kept.Should().BeInRange(plain + (8 * rows.Length), plain + (8 * rows.Length) + 1000, "each row has its key, and none is there twice");

        string other = Enumerable.Range(0, 97).Select(i => $"p{i}").First(who => HistoryBuilder.PartitionOf(who, 4) != HistoryBuilder.PartitionOf("p0", 4));
        Row[] moved = [.. rows.Select(r => r.KnownHour == 2 && r.Who == "p0" && r.EventKey < 97 * Moved ? r with { Who = other } : r)];
        long more = await Length(moved, true) - kept;
        more.Should().BeInRange(2 * Moved * 44, 2 * Moved * 120, "both versions of a moved event are in two partitions, and no other row is");

        async Task<long> Length(Row[] of, bool corrections)
        {
            using Folder folder = new();
            await new HistoryBuilder().AddEvents("events", of, HistoryRows.Map(corrections)).PartitionAsync(folder.Path, 4, Tag);
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("history.index", "history.rows");
            return new FileInfo(Path.Combine(folder.Path, "history.rows")).Length;
        }
    }

    [Fact]
    public async Task Partition_ManyEventKeys_HoldsFewPlacesWhileItReads()
    {
        const int Events = 200_000, Chunk = 1 << 16, PlaceBytes = 24;
        using Folder folder = new();
        long written = 0;
        IEnumerable<Row> Rows()
        {
            for (int i = 0; i < Events; i++)
            {
                yield return new Row(i % 2 == 0 ? "anna" : "ıpek", 1, 1, 0, i, "i", i);
            }

            written = new FileInfo(Path.Combine(folder.Path, "history.keys")).Length / PlaceBytes;
        }

        await new HistoryBuilder().AddEvents("events", Rows(), HistoryRows.Map(corrections: true)).PartitionAsync(folder.Path, 4, Tag);

        (Events - written).Should().BeInRange(1, Chunk + Chunk, "beside the chunk that is being read, buffers of a fixed size are in memory");
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("history.index", "history.rows");
    }

    [Fact]
    public async Task Load_KeysOfEveryKind_FindsEachInItsPartition()
    {
        EntityKey[][] kinds = [[7, -7, long.MaxValue], ["a", "A", "\ud800", "x/y"], [Guid.Empty, Guid.NewGuid()], [EntityKey.Composite("shop", 3), EntityKey.Composite("shop/", 4)]];
        foreach (EntityKey[] keys in kinds)
        {
            using Folder folder = new();
            HistoryBuilder sources = new HistoryBuilder().AddEvents(
                "events", new FactColumns(keys.Length).Entity(keys).Time(Enumerable.Repeat(World.Origin.UtcTicks, keys.Length).ToArray()));
            PartitionedHistory parts = await sources.PartitionAsync(folder.Path, 3, Tag);

            keys.Should().OnlyContain(key => Enumerable.Range(0, 3).All(p => parts.Load(p, null, default).Contains(key) == (p == HistoryBuilder.PartitionOf(key, 3))));
        }
    }

    [Fact]
    public async Task Skipped_BadRows_AreThoseOfTheIngestAlsoAfterReopening()
    {
        HistoryBuilder Rows() => new HistoryBuilder().AddEvents(
            "events", new FactColumns(4).Entity(["a", null, "b", "a"]).Time(new long[] { 5, 6, 7, 8 }).Number("amount", new[] { 1, 2, double.PositiveInfinity, 4 }), m => m.OnBadRows(BadRows.SkipAndReport));
        using Folder folder = new();
        await Rows().PartitionAsync(folder.Path, 2, Tag);

        PartitionedHistory.TryOpen(folder.Path, Tag)!.Skipped["events"].Should().BeEquivalentTo(Rows().Build().Report["events"].Skipped, o => o.WithStrictOrdering());
    }

    [Fact]
    public async Task Partition_StoppedOrFailedOnTheWay_LeavesNothing()
    {
        using CancellationTokenSource source = new();
        using Folder folder = new();
        Row[] rows = [.. Enumerable.Range(0, 10_000).Select(i => new Row($"p{i % 50}", i % 9, i % 9, 0, i, "i", i))];
        IEnumerable<Row> Stopping()
        {
            foreach (Row row in rows)
            {
                yield return row;
            }

            source.Cancel();
            yield return rows[0];
        }

        Func<Task> stopped = () => Sources(Stopping()).PartitionAsync(folder.Path, 3, Tag, null, source.Token);
        await stopped.Should().ThrowAsync<OperationCanceledException>();
        Directory.GetFiles(folder.Path).Should().BeEmpty();

        Func<Task> failed = () => Sources([.. rows, rows[0] with { Who = string.Empty }]).PartitionAsync(folder.Path, 3, Tag);
        await failed.Should().ThrowAsync<DataFormatException>();
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task TryOpen_OtherTagOrIncompleteFiles_FindsNone()
    {
        using Folder folder = new();
        PartitionedHistory.TryOpen(folder.Path, Tag).Should().BeNull("nothing was written");
        PartitionedHistory parts = await Sources([new Row("anna", 1, 1, 0, 1, "i", 1)]).PartitionAsync(folder.Path, 2, Tag);
        PartitionedHistory.TryOpen(folder.Path, Tag).Should().NotBeNull();
        PartitionedHistory.TryOpen(folder.Path, "others").Should().BeNull();

        string rows = Path.Combine(folder.Path, "history.rows"), index = Path.Combine(folder.Path, "history.index");
        File.AppendAllText(rows, "x");
        PartitionedHistory.TryOpen(folder.Path, Tag).Should().BeNull("the rows are of another length");
        File.WriteAllBytes(rows, File.ReadAllBytes(rows)[..^1]);
        File.WriteAllBytes(index, File.ReadAllBytes(index)[..^3]);
        PartitionedHistory.TryOpen(folder.Path, Tag).Should().BeNull("the index is cut off");

        parts.Delete();
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Partition_AHistoryToAppendTo_IsRefused()
    {
        using Folder folder = new();
        Func<Task> appended = () => new HistoryBuilder(HistoryRows.Build([new("anna", 1, 1, 0, 1, "i", 1)])).PartitionAsync(folder.Path, 2, Tag);
        await appended.Should().ThrowAsync<InvalidOperationException>().WithMessage("A partition must be built from its sources alone*");
    }

    [Fact]
    public void OnlyPartition_EventKeys_IsRefusedUnlessThereIsOnlyOne()
    {
        Row[] rows = [new("anna", 1, 1, 0, 1, "i", 1), new("anna", 1, 2, 0, 2, "i", 1)];
        HistoryBuilder Keyed() => new HistoryBuilder().AddEvents("events", rows, HistoryRows.Map(corrections: true));
        Keyed().OnlyPartition(0, 2).Invoking(b => b.Build()).Should().Throw<DataFormatException>().WithMessage("A partition that is read from its sources must not have corrections*event keys in source 'events'*PartitionAsync*");
        HistoryRows.Everything(Keyed().OnlyPartition(0, 1).Build().History).Should().Be(HistoryRows.Everything(Keyed().Build().History));
    }

    private static HistoryBuilder Sources(IEnumerable<Row> rows) => new HistoryBuilder().AddEvents("events", rows, HistoryRows.Map());

    // Codes as texts: a partition may know fewer of them than the whole.
    private static IEnumerable<string> Values(FeatureTable table) => Enumerable.Range(0, table.Schema.Count).SelectMany(c => table.Schema[c].Kind == ColumnKind.Number
        ? table.Numbers(c).ToArray().Select(v => $"{table.Schema[c].Name} {BitConverter.DoubleToInt64Bits(v):x}")
        : table.Codes(c).ToArray().Select(code => $"{table.Schema[c].Name} {(code < 0 ? "-" : table.Schema[c].Levels[code])}"));

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("mlsd").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
