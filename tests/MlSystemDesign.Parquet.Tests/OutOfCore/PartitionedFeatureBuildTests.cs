using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.History;
using MlSystemDesign.Tests.History;

namespace MlSystemDesign.Parquet.Tests.OutOfCore;

public sealed class PartitionedFeatureBuildTests
{
    private static readonly FeaturePlan Plan = FeaturePlan.For("events", f => f
        .OverDays(1, 3).Count().Sum("amount").Std("amount").Slope("amount").Median("amount").Mode("kind").Distinct("kind").GapMean().LastCategory("kind").Coverage().Recency());

    private static readonly ObservationSet Observations = ObservationSet.Of(
        new[] { 5L, 9, 30 }.SelectMany(hour => new[] { "ben", "ıpek", "anna", "nobody", "Zoë" }.Select(who => new Observation(who, HistoryRows.Instant(hour)))));

    [Fact]
    public void Run_AnyRowsAndPartitions_GivesTheBitsOfABuildInMemory() => Gen.Select(HistoryRows.Many, Gen.Int[1, 5], Gen.Int[1, 9]).Sample(
        (rows, partitions, perGroup) =>
        {
            using TestFolder folder = new();
            string file = folder.File("rows.parquet", ParquetRows.File(rows, perGroup));

            PartitionedFeatures features = Build(folder, file, partitions).RunAsync(Observations).GetAwaiter().GetResult();

            features.Parts.Should().HaveCount(partitions);
            EqualTables.Same(features.ReadTable(), InMemory(file));
        },
        iter: 40,
        threads: 1);

    [Fact]
    public void Run_SourcesOfObjects_GivesTheBitsOfABuildInMemory() => Gen.Select(HistoryRows.Many, Gen.Int[1, 5]).Sample(
        (rows, partitions) =>
        {
            using TestFolder folder = new();
            PartitionedFeatureBuild build = new(Plan, [], () => new HistoryBuilder().AddEvents("events", rows, HistoryRows.Map()), folder.File("parts"), partitions);

            EqualTables.Same(build.RunAsync(Observations).GetAwaiter().GetResult().ReadTable(), new BatchFeatureBuilder(Plan).Build(HistoryRows.Build(rows), Observations));
        },
        iter: 40,
        threads: 1);

    [Fact]
    public async Task Run_StoppedAfterAnyPart_GoesOnFromThere()
    {
        for (int stop = 0; stop < 4; stop++)
        {
            using TestFolder folder = new();
            string file = folder.File("rows.parquet", ParquetRows.File(Rows(), 7));
            using CancellationTokenSource source = new();
            int read = 0;
            PartitionedFeatureBuild build = Build(folder, file, 4, () => read++);
            Told told = new(share =>
            {
                if (share >= (stop + 1) / 4.0)
                {
                    source.Cancel();
                }
            });

            Func<Task> first = () => build.RunAsync(Observations, told, source.Token);
            await (stop < 3 ? first.Should().ThrowAsync<OperationCanceledException>() : first());
            read.Should().Be(stop + 1);
            PartitionedFeatures features = await build.RunAsync(Observations);

            read.Should().Be(4, "each partition is read once");
            EqualTables.Same(features.ReadTable(), InMemory(file));
        }
    }

    [Fact]
    public async Task Run_AfterAnInputThePlanOrTheRowsChanged_StartsOver()
    {
        using TestFolder folder = new();
        string file = folder.File("rows.parquet", ParquetRows.File(Rows(), 7));
        int read = 0;
        await Build(folder, file, 3, () => read++).RunAsync(Observations);
        await Build(folder, file, 3, () => read++).RunAsync(Observations);
        read.Should().Be(3, "nothing has changed");

        folder.File("rows.parquet", ParquetRows.File(Rows()[..20], 7));
        PartitionedFeatures changed = await Build(folder, file, 3, () => read++).RunAsync(Observations);
        read.Should().Be(6);
        EqualTables.Same(changed.ReadTable(), InMemory(file));

        await Build(folder, file, 3, () => read++).RunAsync(Observations.Select([0, 1]));
        read.Should().Be(9, "other rows");
        await Build(folder, file, 2, () => read++).RunAsync(Observations.Select([0, 1]));
        read.Should().Be(11, "another number of partitions");
        Directory.GetFiles(folder.File("parts"), "*.parquet").Should().HaveCount(2, "parts of other builds are gone");
    }

    [Fact]
    public async Task Run_SourceWithEventKeysReadOncePerPartition_IsRefused()
    {
        using TestFolder folder = new();
        string file = folder.File("rows.parquet", ParquetRows.File(Rows(), 7));
        PartitionedFeatureBuild build = new(Plan, [file], () => new HistoryBuilder().AddEventsFromParquet("events", file, ParquetRows.Map(corrections: true)), folder.File("parts"), 2);

        await FluentActions.Awaiting(() => build.RunAsync(Observations)).Should().ThrowAsync<DataFormatException>()
            .WithMessage("A partition that is read from its sources must not have corrections*event keys in source 'events'*Copy the sources first*");
    }

    [Fact]
    public void Run_SourcesOfObjectsThatAreCopied_ReadsOnceAndGivesTheBitsOfABuildInMemory() => Gen.Select(HistoryRows.Many, Gen.Int[1, 5], Gen.Bool).Sample(
        (rows, partitions, corrections) =>
        {
            using TestFolder folder = new();
            Row[] versions = [.. rows.Select(r => r with { EventKey = r.EventKey % 6 })];
            int read = 0;
            PartitionedFeatureBuild build = new(Plan, [], () => Sources(ref read), folder.File("parts"), partitions, copies: true);

            EqualTables.Same(build.RunAsync(Observations).GetAwaiter().GetResult().ReadTable(), new BatchFeatureBuilder(Plan).Build(HistoryRows.Build(versions, corrections), Observations));
            read.Should().Be(1);

            HistoryBuilder Sources(ref int count)
            {
                count++;
                return new HistoryBuilder().AddEvents("events", versions, HistoryRows.Map(corrections));
            }
        },
        iter: 40,
        threads: 1);

    [Fact]
    public async Task Run_InputThatIsNotThere_SaysWhich()
    {
        using TestFolder folder = new();

        await FluentActions.Awaiting(() => Build(folder, folder.File("none.parquet"), 2).RunAsync(Observations)).Should().ThrowAsync<FileNotFoundException>().WithMessage("*none.parquet*");
        Directory.Exists(folder.File("parts")).Should().BeFalse();
    }

    [Fact]
    public void OnlyPartition_OnTopOfAHistory_IsRefused() => FluentActions.Invoking(() => new HistoryBuilder(HistoryRows.Build(Rows())).OnlyPartition(0, 2))
        .Should().Throw<InvalidOperationException>().WithMessage("A partition must be built from its sources alone*");

    [Theory]
    [InlineData(17, 2)]
    [InlineData(18, 1)]
    [InlineData("anna", 1)]
    [InlineData("ıpek", 2)]
    public void PartitionOf_AKey_IsTheSameEverywhere(object key, int partition) =>
        HistoryBuilder.PartitionOf(key is int integer ? integer : (EntityKey)(string)key, 4).Should().Be(partition);

    private static Row[] Rows() => [.. Enumerable.Range(0, 40).Select(i => new Row(i % 3 == 0 ? "anna" : i % 3 == 1 ? "ben" : "Zoë", i % 9, i % 9, 0, i, i % 2 == 0 ? "i" : "é", i))];

    private static PartitionedFeatureBuild Build(TestFolder folder, string file, int partitions, Action? reading = null) => new(
        Plan,
        [file],
        () =>
        {
            reading?.Invoke();
            return new HistoryBuilder().AddEventsFromParquet("events", file, ParquetRows.Map(corrections: false));
        },
        folder.File("parts"),
        partitions);

    private static FeatureTable InMemory(string file) =>
        new BatchFeatureBuilder(Plan).Build(new HistoryBuilder().AddEventsFromParquet("events", file, ParquetRows.Map(corrections: false)).Build().History, Observations);

    private sealed class Told(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
