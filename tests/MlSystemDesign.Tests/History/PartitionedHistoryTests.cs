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
    public void Load_AnyWorldAndPlan_GivesTheBitsOfTheWholeHistory() => Gen.Select(Gen.Frequency((4, Worlds.Any), (1, Worlds.AtTheEdges)), RandomPlans.Any, Gen.Int[1, 5]).Sample(
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
    public async Task Partition_EventKeysOrAHistoryToAppendTo_IsRefused()
    {
        using Folder folder = new();
        Row[] rows = [new("anna", 1, 1, 0, 1, "i", 1)];
        Func<Task> keys = () => new HistoryBuilder().AddEvents("events", rows, HistoryRows.Map(corrections: true)).PartitionAsync(folder.Path, 2, Tag);
        await keys.Should().ThrowAsync<DataFormatException>().WithMessage("A partition of a history must not have corrections*event keys in source 'events'*");
        Func<Task> appended = () => new HistoryBuilder(HistoryRows.Build(rows)).PartitionAsync(folder.Path, 2, Tag);
        await appended.Should().ThrowAsync<InvalidOperationException>().WithMessage("A partition must be built from its sources alone*");
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
