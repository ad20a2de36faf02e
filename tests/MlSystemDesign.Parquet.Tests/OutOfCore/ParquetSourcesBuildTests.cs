using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.History;
using MlSystemDesign.Tests.History;

namespace MlSystemDesign.Parquet.Tests.OutOfCore;

/// <summary>Builds with a memory budget over declared files.</summary>
public sealed class ParquetSourcesBuildTests
{
    private const long Plenty = 1L << 30;
    private const long Little = 4_000; // of so few rows: several partitions, as the tests assert

    private static readonly FeaturePlan Plan = FeaturePlan.For("events", f => f
        .OverDays(1, 3).Count().Sum("amount").Std("amount").Median("amount").Mode("kind").Distinct("kind").GapMean().LastCategory("kind").Coverage().Recency());

    private static readonly ObservationSet Observations = ObservationSet.Of(
        new[] { 5L, 9, 30 }.SelectMany(hour => new[] { "ben", "ıpek", "anna", "nobody", "Zoë" }.Select(who => new Observation(who, HistoryRows.Instant(hour)))));

    [Fact]
    public void Run_RowsOfAnEntityInOneFileOrInAll_GivesTheBitsOfABuildInMemory() => Gen.Select(HistoryRows.Many, Gen.Bool).Sample(
        (rows, byEntity) =>
        {
            using TestFolder folder = new();
            Directory.CreateDirectory(folder.File("events"));
            int file = 0;
            foreach (Row[] part in byEntity ? [.. rows.GroupBy(r => r.Who).Select(g => g.ToArray())] : rows.Chunk(7))
            {
                folder.File(Path.Combine("events", $"{file++}.parquet"), ParquetRows.File(part, 3));
            }

            ParquetSources sources = new ParquetSources().AddEvents("events", [folder.File("events")], ParquetRows.Map(corrections: false));
            PartitionedFeatures features = Build(folder, sources, Little).RunAsync(Observations).GetAwaiter().GetResult();

            features.Parts.Count.Should().BeGreaterThan(1);
            EqualTables.Same(features.ReadTable(), new BatchFeatureBuilder(Plan).Build(sources.ToBuilder().Build().History, Observations));
        },
        iter: 25,
        threads: 1);

    [Fact]
    public async Task Run_SeveralSources_GivesTheBitsOfABuildInMemory()
    {
        using TestFolder folder = new();
        string file = Write(folder, Rows(40));
        FeaturePlan plan = Plan.And(FeaturePlan.For("other", f => f.OverDays(2).Count().Max("amount")));
        ParquetSources sources = new ParquetSources().AddEvents("events", [file], ParquetRows.Map(corrections: false))
            .AddEvents("other", [folder.File("other.parquet", ParquetRows.File(Rows(25), 4))], ParquetRows.Map(corrections: false));

        PartitionedFeatures features = await new PartitionedFeatureBuild(plan, sources, folder.File("parts"), Little, degreeOfParallelism: 1).RunAsync(Observations);

        EqualTables.Same(features.ReadTable(), new BatchFeatureBuilder(plan).Build(sources.ToBuilder().Build().History, Observations));
    }

    [Fact]
    public async Task Run_KilledAtAnyReport_GoesOnAndGivesTheSameBits()
    {
        using TestFolder whole = new();
        PartitionedFeatures expected = await Build(whole, Sources(Write(whole, Rows(40))), Little).RunAsync(Observations);
        FeatureTable table = expected.ReadTable();
        int reports = 0, withCopy = 0, withParts = 0;
        bool ended = false;
        for (int kill = 1; !ended; kill++)
        {
            using TestFolder folder = new();
            PartitionedFeatureBuild build = Build(folder, Sources(Write(folder, Rows(40))), Little);
            reports = 0;
            double last = -1;
            Told killer = new(share =>
            {
                share.Should().BeInRange(0, 1).And.BeGreaterThan(last);
                last = share;
                if (++reports == kill)
                {
                    throw new InjectedFailureException();
                }
            });
            try
            {
                await build.RunAsync(Observations, killer);
                last.Should().Be(1);
                ended = true;
            }
            catch (InjectedFailureException)
            {
                int parts = Directory.GetFiles(folder.File("parts"), "part-*.parquet").Length;
                bool copied = File.Exists(Path.Combine(folder.File("parts"), "history.index"));
                double first = -1;
                PartitionedFeatures features = await build.RunAsync(Observations, new Told(share => first = first < 0 ? share : first));
                features.PartsFound.Should().Be(parts, "the parts that were done when it was killed are not built again");
                features.StartedOverBecause.Should().BeEmpty();
                (first >= 0.5).Should().Be(copied, "a complete copy of the sources is not made again");
                withParts += parts > 0 ? 1 : 0;
                withCopy += copied && parts == 0 ? 1 : 0;
                EqualTables.Same(features.ReadTable(), table);
            }

            Directory.GetFiles(folder.File("parts"), "history.*").Should().BeEmpty("the copy goes when the build has ended");
        }

        reports.Should().BeGreaterThan(2 * expected.Parts.Count, "progress comes from within the partitions too");
        withParts.Should().BePositive();
        withCopy.Should().BePositive();
    }

    [Fact]
    public async Task Run_AfterAKillThatLeftHalfAFile_RemovesIt()
    {
        using TestFolder folder = new();
        PartitionedFeatureBuild build = Build(folder, Sources(Write(folder, Rows(40))), Little);
        PartitionedFeatures first = await build.RunAsync(Observations);
        FeatureTable expected = first.ReadTable();
        File.Delete(first.Parts[0]);
        File.WriteAllBytes(first.Parts[0] + ".tmp-4711-1", [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(folder.File("parts"), "build.txt.tmp-4711-2"), [1]);

        PartitionedFeatures again = await build.RunAsync(Observations);

        again.PartsFound.Should().Be(first.Parts.Count - 1);
        Directory.GetFiles(folder.File("parts"), "*.tmp-*").Should().BeEmpty();
        EqualTables.Same(again.ReadTable(), expected);
    }

    [Fact]
    public async Task Run_AfterAChange_StartsOverAndSaysWhy()
    {
        using TestFolder folder = new();
        string file = Write(folder, Rows(40));
        PartitionedFeatures first = await Build(folder, Sources(file), Plenty).RunAsync(Observations);
        first.StartedOverBecause.Should().BeEmpty("there was nothing before");

        Write(folder, Rows(39));
        PartitionedFeatures changed = await Build(folder, Sources(file), Plenty).RunAsync(Observations);
        changed.PartsFound.Should().Be(0);
        changed.StartedOverBecause.Should().Equal($"the file '{file}'");

        ParquetSources delayed = new ParquetSources().AddEvents("events", [file], m => m.Entity("who").Time("at").KnownAfter(TimeSpan.FromHours(2)).Number("amount").Category("kind"));
        PartitionedFeatures remapped = await Build(folder, delayed, Plenty).RunAsync(Observations);
        remapped.StartedOverBecause.Should().Equal("the mapping of source 'events'");
        EqualTables.Same(remapped.ReadTable(), new BatchFeatureBuilder(Plan).Build(delayed.ToBuilder().Build().History, Observations));

        PartitionedFeatures other = await Build(folder, delayed, Plenty).RunAsync(Observations.Select([0, 1]));
        other.StartedOverBecause.Should().Equal("the observations");
        PartitionedFeatures same = await Build(folder, delayed, Plenty).RunAsync(Observations.Select([0, 1]));
        same.StartedOverBecause.Should().BeEmpty();
        same.PartsFound.Should().Be(same.Parts.Count);
    }

    [Fact]
    public async Task Run_FileThatChangesMeanwhile_IsRefusedAndStartsOverNext()
    {
        using TestFolder folder = new();
        string file = Write(folder, Rows(40));
        Told meddler = Once(() => Write(folder, Rows(30)), at: 0);

        await FluentActions.Awaiting(() => Build(folder, Sources(file), Little).RunAsync(Observations, meddler))
            .Should().ThrowAsync<DataFormatException>().WithMessage("The files must stay as they are until the build ends*rows.parquet*Run again*");
        PartitionedFeatures again = await Build(folder, Sources(file), Little).RunAsync(Observations);

        again.PartsFound.Should().Be(0);
        again.StartedOverBecause.Should().BeEmpty("no part was there yet");
        EqualTables.Same(again.ReadTable(), InMemory(file));
    }

    [Fact]
    public async Task Run_FileThatChangesAfterItWasCopied_GivesTheBitsOfItsCopyAndStartsOverNext()
    {
        using TestFolder folder = new();
        string file = Write(folder, Rows(40));
        FeatureTable before = InMemory(file);

        PartitionedFeatures features = await Build(folder, Sources(file), Little).RunAsync(Observations, Once(() => Write(folder, Rows(30)), at: 0.6));
        EqualTables.Same(features.ReadTable(), before);

        PartitionedFeatures again = await Build(folder, Sources(file), Little).RunAsync(Observations);
        again.PartsFound.Should().Be(0);
        again.StartedOverBecause.Should().Contain($"the file '{file}'");
        EqualTables.Same(again.ReadTable(), InMemory(file));
    }

    [Fact]
    public async Task Run_AttributesDatedAndUndated_GivesTheBitsOfABuildInMemory()
    {
        using TestFolder folder = new();
        FeaturePlan plan = Plan.And("plans", f => f.Attribute("amount").Category("kind")).And("segments", f => f.Attribute("amount").Category("kind"));
        ParquetSources sources = Sources(Write(folder, Rows(40)))
            .AddAttributes("plans", [folder.File("plans.parquet", ParquetRows.File(Rows(11), 4))], ParquetRows.Map(corrections: false))
            .AddAttributes("segments", [folder.File("segments.parquet", ParquetRows.File([Rows(1)[0]], 4))], m => m.Entity("who").Number("amount").Category("kind")); // of one partition only

        PartitionedFeatures features = await new PartitionedFeatureBuild(plan, sources, folder.File("parts"), Little).RunAsync(Observations);

        features.Parts.Count.Should().BeGreaterThan(1);
        EqualTables.Same(features.ReadTable(), new BatchFeatureBuilder(plan).Build(sources.ToBuilder().Build().History, Observations));
    }

    [Fact]
    public async Task Run_AfterAKillWhileCopying_CopiesAgain()
    {
        using TestFolder folder = new();
        string file = Write(folder, Rows(40));
        PartitionedFeatureBuild build = Build(folder, Sources(file), Little);
        await FluentActions.Awaiting(() => build.RunAsync(Observations, Once(() => throw new InjectedFailureException(), at: 0.51))).Should().ThrowAsync<InjectedFailureException>();
        string rows = Path.Combine(folder.File("parts"), "history.rows");
        File.Exists(rows).Should().BeTrue("the copy was complete");
        File.WriteAllBytes(rows, File.ReadAllBytes(rows)[..^5]);

        EqualTables.Same((await build.RunAsync(Observations)).ReadTable(), InMemory(file));
    }

    [Theory]
    [InlineData(Little)]
    [InlineData(Plenty)]
    public async Task Run_BadRowsSkipped_ReportsThoseOfAnIngestInMemory(long memory)
    {
        using TestFolder folder = new();
        Row[] rows = [.. Rows(40), new Row(" ", 1, 1, 0, 1, "i", 1)];
        ParquetSources sources = new ParquetSources().AddEvents("events", [Write(folder, rows)], m => m.Entity("who").Time("at").Number("amount").Category("kind").OnBadRows(BadRows.SkipAndReport));

        PartitionedFeatures features = await Build(folder, sources, memory).RunAsync(Observations);
        features.Skipped!["events"].Should().BeEquivalentTo(sources.ToBuilder().Build().Report["events"].Skipped, o => o.WithStrictOrdering()).And.HaveCount(1);
        PartitionedFeatures found = await Build(folder, sources, memory).RunAsync(Observations);
        found.Skipped.Should().BeNull("nothing was read");
    }

    [Fact]
    public void Run_VersionsOverFilesAndRowGroups_GivesTheBitsOfABuildInMemory() => Gen.Select(HistoryRows.Many, Gen.Int[1, 12], Gen.Int[0, 3].Select(i => new[] { 3_000, Little, 6_000, Plenty }[i])).Sample(
        (rows, keys, memory) =>
        {
            using TestFolder folder = new();
            Directory.CreateDirectory(folder.File("events"));
            int file = 0;
            foreach (Row[] part in rows.Select(r => r with { EventKey = r.EventKey % keys }).Chunk(7))
            {
                folder.File(Path.Combine("events", $"{file++}.parquet"), ParquetRows.File(part, 3));
            }

            ParquetSources sources = new ParquetSources().AddEvents("events", [folder.File("events")], ParquetRows.Map(corrections: true, retractions: true));
            PartitionedFeatures features = Build(folder, sources, memory).RunAsync(Observations).GetAwaiter().GetResult();

            (features.Parts.Count > 1).Should().Be(memory < Plenty);
            EqualTables.Same(features.ReadTable(), new BatchFeatureBuilder(Plan).Build(sources.ToBuilder().Build().History, Observations));
            Directory.GetFiles(folder.File("parts"), "history.*").Should().BeEmpty();
        },
        iter: 60,
        threads: 1);

    [Fact]
    public async Task Run_FolderInUse_IsRefused()
    {
        using TestFolder folder = new();
        PartitionedFeatureBuild build = Build(folder, Sources(Write(folder, Rows(40))), Little);
        Task? second = null;

        await build.RunAsync(Observations, new Told(_ => second ??= build.RunAsync(Observations)));

        await FluentActions.Awaiting(() => second!).Should().ThrowAsync<IOException>().WithMessage("One build at a time may use a folder*");
    }

    [Fact]
    public async Task Run_MemoryForLessThanARowGroup_SaysHowMuchItTakes()
    {
        using TestFolder folder = new();

        await FluentActions.Awaiting(() => Build(folder, Sources(Write(folder, Rows(40))), 1000).RunAsync(Observations))
            .Should().ThrowAsync<ArgumentOutOfRangeException>().WithMessage("The memory must hold a row group*Got 1000 bytes*Allow more*");
        Directory.Exists(folder.File("parts")).Should().BeFalse();
    }

    [Fact]
    public void AddEvents_FolderWithoutFiles_IsRefused()
    {
        using TestFolder folder = new();
        Directory.CreateDirectory(folder.File("empty"));

        FluentActions.Invoking(() => new ParquetSources().AddEvents("events", [folder.File("empty")], ParquetRows.Map(corrections: false)))
            .Should().Throw<ArgumentException>().WithMessage("A folder must hold Parquet files. Got none in*");
    }

    private static string Write(TestFolder folder, Row[] rows) => folder.File("rows.parquet", ParquetRows.File(rows, 7));

    private static ParquetSources Sources(string file) => new ParquetSources().AddEvents("events", [file], ParquetRows.Map(corrections: false));

    private static PartitionedFeatureBuild Build(TestFolder folder, ParquetSources sources, long memory) => new(Plan, sources, folder.File("parts"), memory);

    private static FeatureTable InMemory(string file) => new BatchFeatureBuilder(Plan).Build(Sources(file).ToBuilder().Build().History, Observations);

    private static Told Once(Action act, double at)
    {
        bool done = false;
        return new Told(share =>
        {
            if (share >= at && !done)
            {
                done = true;
                act();
            }
        });
    }

    private static Row[] Rows(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Row(i % 3 == 0 ? "anna" : i % 3 == 1 ? "ben" : "Zoë", i % 9, i % 9, 0, i, i % 2 == 0 ? "i" : "é", i))];

    private sealed class InjectedFailureException : Exception;

    private sealed class Told(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
