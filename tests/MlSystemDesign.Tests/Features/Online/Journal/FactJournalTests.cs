using CsCheck;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online.Journal;

public sealed class FactJournalTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("mlsd-journal-").FullName;
    private int _folders;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Replay_OfAnyRows_GivesThemBackBitForBitInTheirOrder() =>
        Gen.Select(JournalRows.Any.Array[0, 30], Gen.Int[0, 30], Gen.OneOf(Gen.Const(1L << 10), Gen.Const(1L << 14), Gen.Const(64L << 20))).Sample(
            (rows, reopenAfter, segmentBytes) =>
            {
                string folder = NewFolder();
                FactJournalOptions options = new() { SegmentBytes = segmentBytes };
                foreach (JournalRow[] part in new[] { rows[..Math.Min(reopenAfter, rows.Length)], rows[Math.Min(reopenAfter, rows.Length)..] })
                {
                    using FactJournal journal = FactJournal.Open(folder, JournalRows.Schema, options);
                    Array.ForEach(part, r => r.AppendTo(journal));
                    journal.Recovered.Should().BeNull();
                }

                List<JournalRow> replayed = JournalRows.In(folder, options);
                Directory.Delete(folder, recursive: true);
                return replayed.SequenceEqual(rows);
            },
            iter: Cases.Some,
            threads: 1);

    [Fact]
    public void Replay_WhileTheJournalIsOpen_GivesTheRowsAppendedSoFar()
    {
        JournalRow[] rows = JournalRows.Small(40);
        using FactJournal journal = FactJournal.Open(NewFolder(), JournalRows.Schema, new FactJournalOptions { SegmentBytes = 1024 });
        Array.ForEach(rows[..30], r => r.AppendTo(journal));

        JournalRows.Replayed(journal).Should().Equal(rows[..30]);
        Array.ForEach(rows[30..], r => r.AppendTo(journal));
        JournalRows.Replayed(journal).Should().Equal(rows);
        long length = journal.LengthInBytes;
        journal.Dispose();
        Directory.GetFiles(journal.FolderPath, "*.segment").Should().HaveCountGreaterThan(2).And.OnlyContain(f => new FileInfo(f).Length < 1300);
        length.Should().Be(Directory.GetFiles(journal.FolderPath).Sum(f => new FileInfo(f).Length), "room that was made for more rows is taken back");
    }

    [Fact]
    public void Replay_OfTextsAndKeysSeenBefore_GivesTheSameObjects()
    {
        JournalRow[] rows = [.. JournalRows.Small(1).Concat(JournalRows.Small(40)).Concat(JournalRows.Small(40))];
        using FactJournal journal = FactJournal.Open(NewFolder(), JournalRows.Schema, new FactJournalOptions { SegmentBytes = 1024 });
        Array.ForEach(rows, r => r.AppendTo(journal));

        List<JournalRow> replayed = JournalRows.Replayed(journal);

        foreach (IGrouping<string, string> same in replayed.SelectMany(r => r.Categories).OfType<string>().Concat(
            replayed.Where(r => r.Entity.Kind == EntityKeyKind.Text).Select(r => r.Entity.ToString())).GroupBy(t => t))
        {
            same.Should().OnlyContain(t => ReferenceEquals(t, same.First()));
        }
    }

    [Fact]
    public void AppendAndReplay_InTheSteadyState_AllocateNothingPerRow()
    {
        JournalRow[] rows = JournalRows.Small(64);
        using FactJournal journal = FactJournal.Open(NewFolder(), JournalRows.Schema);
        AppendAll(journal, rows, 100);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AppendAll(journal, rows, 100);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);

        long small = AllocatedBy(journal);
        AppendAll(journal, rows, 400);
        (AllocatedBy(journal) - small).Should().BeLessThan(4096, "25,600 rows more bring no new text and no new key");
    }

    [Fact]
    public void Replay_ThatIsCancelledOrWatched_StopsAndReportsUpToOne()
    {
        JournalRow[] rows = JournalRows.Small(64);
        using FactJournal journal = FactJournal.Open(NewFolder(), JournalRows.Schema);
        AppendAll(journal, rows, 100);
        using CancellationTokenSource source = new();
        Shares shares = new();
        int seen = 0;

        Action cancelled = () => journal.Replay((int _, in FactRow _) => { if (++seen == 10) { source.Cancel(); } }, null, source.Token);
        journal.Replay((int _, in FactRow _) => { }, shares);

        cancelled.Should().Throw<OperationCanceledException>();
        seen.Should().BeLessThan(6400);
        shares.Values.Should().HaveCountGreaterThan(10).And.BeInAscendingOrder().And.OnlyContain(s => s > 0 && s <= 1);
        shares.Values[^1].Should().Be(1);
    }

    [Fact]
    public void Open_WithAnotherSchema_SaysWhatDiffers()
    {
        string folder = NewFolder();
        FactJournal.Open(folder, JournalRows.Schema).Dispose();
        SourceSchema activities = JournalRows.Schema.Sources[0];
        HistorySchema other = new([activities with { Columns = [activities.Columns[0] with { Unit = "USD" }, activities.Columns[1]] }, JournalRows.Schema.Sources[1]]);

        Action open = () => FactJournal.Open(folder, other);

        open.Should().Throw<FactJournalException>().Where(e => e.Fault == FactJournalFault.OtherSchema).WithMessage(
            "A journal must be opened with the sources and columns that its rows have. It holds Events \"activities\" (known time, sequence, Number \"amount\" in \"EUR\", Category \"kind\") as source 1; " +
            "got Events \"activities\" (known time, sequence, Number \"amount\" in \"USD\", Category \"kind\") as source 1. Open it with the schema it was made with, " +
            "or replay it through that one into a journal in a new folder.");
        FactJournal.Open(folder, new HistorySchema([activities with { Observed = new TimeWindow(World.At(0), World.At(99)) }, JournalRows.Schema.Sources[1]])).Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Open_WithSourcesMissingOrMore_IsRefused(int sources)
    {
        string folder = NewFolder();
        FactJournal.Open(folder, JournalRows.Schema).Dispose();
        SourceSchema[] all = [.. JournalRows.Schema.Sources, JournalRows.Schema.Sources[1] with { Name = "more" }];

        Action open = () => FactJournal.Open(folder, new HistorySchema(all[..sources]));

        open.Should().Throw<FactJournalException>().Where(e => e.Fault == FactJournalFault.OtherSchema);
    }

    [Fact]
    public void Open_OfANewerVersion_IsRefused()
    {
        string folder = NewFolder();
        FactJournal.Open(folder, JournalRows.Schema).Dispose();
        string file = Directory.GetFiles(folder, "*.segment").Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[8] = 2;
        File.WriteAllBytes(file, bytes);

        Action open = () => FactJournal.Open(folder, JournalRows.Schema);

        open.Should().Throw<FactJournalException>().Where(e => e.Fault == FactJournalFault.Newer)
            .WithMessage("A journal must be of version 1 or older. '0000000001.segment' is of version 2. Update the library.");
    }

    [Fact]
    public void Open_OfAFolderInUse_IsRefusedUntilItIsClosed()
    {
        string folder = NewFolder();
        FactJournal first = FactJournal.Open(folder, JournalRows.Schema);
        Action second = () => FactJournal.Open(folder, JournalRows.Schema).Dispose();

        second.Should().Throw<FactJournalException>().Where(e => e.Fault == FactJournalFault.InUse)
            .WithMessage($"A journal must have one writer. '{Path.GetFileName(folder)}' is open elsewhere. Close it there, or share one FactJournal within the process.");
        first.Dispose();
        second.Should().NotThrow();
    }

    [Fact]
    public void Append_OfARowTooLarge_LeavesNothingOfIt()
    {
        JournalRow[] rows = JournalRows.Small(3);
        string folder = NewFolder();
        using (FactJournal journal = FactJournal.Open(folder, JournalRows.Schema))
        {
            rows[0].AppendTo(journal);
            Action key = () => new JournalRow(0, new string('x', 17 << 20)).AppendTo(journal);
            Action category = () => new JournalRow(0, "anna") { Categories = ["new", new string('ж', 9 << 20)] }.AppendTo(journal);
            key.Should().Throw<ArgumentException>().WithMessage("A row of a journal, and each text in it, must fit 16 MiB. Got *");
            category.Should().Throw<ArgumentException>().WithMessage("*must fit 16 MiB*");
            Array.ForEach(rows[1..], r => r.AppendTo(journal));
            new JournalRow(0, "anna") { Categories = ["new"] }.AppendTo(journal);
        }

        JournalRows.In(folder).Should().Equal([.. rows, new JournalRow(0, "anna") { Categories = ["new"] }]);
    }

    [Fact]
    public void Append_AfterAFailedWrite_IsRefusedUntilTheJournalIsOpenedAgain()
    {
        JournalRow[] rows = JournalRows.Small(4);
        string folder = NewFolder();
        bool isFull = false;
        FactJournalOptions options = new() { Probe = step => { if (isFull) { throw new IOException("No space left."); } } };
        using (FactJournal journal = FactJournal.Open(folder, JournalRows.Schema, options))
        {
            rows[0].AppendTo(journal);
            isFull = true;
            Action append = () => rows[1].AppendTo(journal);
            append.Should().Throw<FactJournalException>().Where(e => e.Fault == FactJournalFault.WriteFailed && e.InnerException is IOException);
            isFull = false;
            append.Should().Throw<FactJournalException>().Where(e => e.Fault == FactJournalFault.WriteFailed);
        }

        using (FactJournal journal = FactJournal.Open(folder, JournalRows.Schema))
        {
            rows[2].AppendTo(journal);
        }

        JournalRows.In(folder).Should().Equal(rows[0], rows[2]);
    }

    [Fact]
    public void Append_ToAnUnknownSourceOrADisposedJournal_IsRefused()
    {
        FactJournal journal = FactJournal.Open(NewFolder(), JournalRows.Schema, new FactJournalOptions { FlushToDisk = true });
        Action unknown = () => new JournalRow(2, "anna").AppendTo(journal);
        Action known = () => new JournalRow(1, "anna").AppendTo(journal);

        unknown.Should().Throw<ArgumentOutOfRangeException>().WithMessage("A row must name a source of the schema by its position, below 2. Got 2.*");
        known.Should().NotThrow();
        journal.Flush();
        journal.Dispose();
        journal.Dispose();
        known.Should().Throw<ObjectDisposedException>();
    }

    [Theory]
    [InlineData(1023)]
    [InlineData((1L << 30) + 1)]
    public void Open_WithASegmentSizeOutOfRange_IsRefused(long bytes)
    {
        Action open = () => FactJournal.Open(NewFolder(), JournalRows.Schema, new FactJournalOptions { SegmentBytes = bytes });

        open.Should().Throw<ArgumentOutOfRangeException>().WithMessage("SegmentBytes must be between 1 KiB and 1 GiB.*");
    }

    private static void AppendAll(FactJournal journal, JournalRow[] rows, int times)
    {
        for (int i = 0; i < times; i++)
        {
            foreach (JournalRow row in rows)
            {
                row.AppendTo(journal);
            }
        }
    }

    private static long AllocatedBy(FactJournal journal)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        journal.Replay((int _, in FactRow _) => { });
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private string NewFolder() => Path.Combine(_root, (++_folders).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private sealed class Shares : IProgress<double>
    {
        internal List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
