using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online.Journal;

public sealed class FactJournalCompactionTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("mlsd-journal-").FullName;

    private string Folder => Path.Combine(_root, "journal");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Compact_KilledAtAnyStep_LeavesTheOldOrTheRetainedRowsAndAllSince()
    {
        JournalRow[] old = JournalRows.Small(40), retained = JournalRows.Small(15, from: 200);
        List<JournalRow> since = [];
        List<(JournalStep? Step, int Since)> copies = [];
        FactJournal? journal = null;
        int appended = 0;
        bool isCompacting = false;
        void Take(JournalStep? step)
        {
            if (!isCompacting)
            {
                return;
            }

            JournalRows.Copy(Folder, CopyOf(copies.Count));
            copies.Add((step, since.Count));
            if (step is not (JournalStep.Write or JournalStep.Cut))
            {
                JournalRow row = JournalRows.Small(1, from: 300 + appended++)[0];
                row.AppendTo(journal!);
                since.Add(row);
            }
        }

        FactJournalOptions options = new() { SegmentBytes = 1024, Probe = step => Take(step) };
        using (journal = FactJournal.Open(Folder, JournalRows.Schema, options))
        {
            Array.ForEach(old, r => r.AppendTo(journal));
            isCompacting = true;
            journal.Compact(writer =>
            {
                foreach (JournalRow row in retained)
                {
                    Take(null);
                    row.AppendTo(writer);
                }
            });
            isCompacting = false;
            JournalRows.Replayed(journal).Should().Equal([.. retained, .. since]);
        }

        copies.Select(c => c.Step).Should().Contain([null, JournalStep.Write, JournalStep.Cut, JournalStep.Retained, JournalStep.Replaced, JournalStep.Deleted]);
        int replacedFrom = copies.FindIndex(c => c.Step == JournalStep.Replaced);
        for (int copy = 0; copy < copies.Count; copy++)
        {
            JournalRow[] expected = [.. copy < replacedFrom ? old : retained, .. since[..copies[copy].Since]];
            JournalRow next = JournalRows.Small(1, from: 900)[0];
            using (FactJournal opened = FactJournal.Open(CopyOf(copy), JournalRows.Schema))
            {
                JournalRows.Replayed(opened).Should().Equal(expected, $"killed at copy {copy}, {copies[copy]}");
                next.AppendTo(opened);
            }

            JournalRows.In(CopyOf(copy)).Should().Equal([.. expected, next]);
            Directory.GetFiles(CopyOf(copy), "*.tmp-*").Should().BeEmpty();
        }
    }

    [Fact]
    public void Compact_WithARule_KeepsWhatItPicksAndLetsTheOldFilesGo()
    {
        JournalRow[] rows = JournalRows.Small(60);
        using FactJournal journal = FactJournal.Open(Folder, JournalRows.Schema, new FactJournalOptions { SegmentBytes = 1024 });
        Array.ForEach(rows[..50], r => r.AppendTo(journal));
        long before = journal.LengthInBytes;

        long retained = 0;
        journal.Compact(writer => retained = writer.Retain((int source, in FactRow row) => source == 1 && row.Time > World.At(20)));
        Array.ForEach(rows[50..], r => r.AppendTo(journal));
        journal.Compact(writer => writer.Retain((int _, in FactRow _) => true));

        JournalRow[] expected = [.. rows[..50].Where(r => r.Source == 1 && r.Time > World.At(20)), .. rows[50..]];
        retained.Should().Be(expected.Length - 10);
        JournalRows.Replayed(journal).Should().Equal(expected);
        journal.LengthInBytes.Should().BeLessThan(before);
        Directory.GetFiles(Folder).Select(Path.GetExtension).Should().BeEquivalentTo("", ".checkpoint", ".segment");
    }

    [Fact]
    public void Compact_ThatThrowsOrIsCancelled_LeavesTheOldRows()
    {
        JournalRow[] rows = JournalRows.Small(20);
        using CancellationTokenSource source = new();
        using (FactJournal journal = FactJournal.Open(Folder, JournalRows.Schema))
        {
            Array.ForEach(rows[..18], r => r.AppendTo(journal));
            FactJournalWriter? kept = null;
            Action fails = () => journal.Compact(writer => { rows[0].AppendTo(kept = writer); throw new InvalidDataException("of the engine"); });
            Action cancelled = () => journal.Compact(_ => source.Cancel(), cancellationToken: source.Token);
            Action late = () => rows[0].AppendTo(kept!);

            fails.Should().Throw<InvalidDataException>().WithMessage("of the engine");
            rows[18].AppendTo(journal);
            cancelled.Should().Throw<OperationCanceledException>();
            rows[19].AppendTo(journal);
            late.Should().Throw<InvalidOperationException>().WithMessage("Retained rows must be written within the callback of the compaction.*");
            JournalRows.Replayed(journal).Should().Equal(rows);
        }

        JournalRows.In(Folder).Should().Equal(rows);
    }

    [Fact]
    public void Compact_WithinACompactionOrReplayOfTheSameJournal_IsRefused()
    {
        JournalRow[] rows = JournalRows.Small(20);
        using FactJournal journal = FactJournal.Open(Folder, JournalRows.Schema, new FactJournalOptions { SegmentBytes = 1024 });
        Array.ForEach(rows, r => r.AppendTo(journal));
        Action compact = () => journal.Compact(_ => { });
        Action within = () => journal.Compact(_ => compact());
        Action whileReplaying = () => journal.Replay((int _, in FactRow _) => compact());

        within.Should().Throw<InvalidOperationException>().WithMessage("A compaction must not begin within another, or within a replay, of the same journal. *");
        whileReplaying.Should().Throw<InvalidOperationException>();

        JournalRows.Replayed(journal).Should().Equal(rows);
    }

    [Theory]
    [InlineData(false, 3000)]
    [InlineData(true, 200)]
    public async Task Append_ByManyThreadsWhileCompactionsRun_KeepsEveryRowInTheOrderOfItsCaller(bool flush, int each)
    {
        const int Threads = 4;
        using (FactJournal journal = FactJournal.Open(Folder, JournalRows.Schema, new FactJournalOptions { SegmentBytes = 1 << 13, FlushToDisk = flush }))
        {
            Task[] writers = [.. Enumerable.Range(0, Threads).Select(t => Task.Run(() =>
            {
                for (int i = 0; i < each; i++)
                {
                    journal.Append(0, new FactRow { Entity = $"thread {t}", Sequence = i, Categories = [$"kind {i % 100}"] });
                }
            }))];
            while (!Task.WhenAll(writers).IsCompleted)
            {
                journal.Compact(writer => writer.Retain((int _, in FactRow _) => true));
                journal.Replay((int _, in FactRow _) => { });
            }

            await Task.WhenAll(writers);
        }

        List<JournalRow> rows = JournalRows.In(Folder);
        rows.Should().HaveCount(Threads * each);
        foreach (IGrouping<EntityKey, JournalRow> thread in rows.GroupBy(r => r.Entity))
        {
            thread.Select(r => r.Sequence).Should().Equal(Enumerable.Range(0, each).Select(i => (long)i));
            thread.Should().OnlyContain(r => r.Categories.Single() == $"kind {r.Sequence % 100}");
        }
    }

    [Fact]
    public async Task Compact_OfAnEnginesOwnStateTakenAtTheCut_CountsNoRowTwice()
    {
        const int Rows = 4000;
        object engine = new();
        List<int> state = [];
        using (FactJournal journal = FactJournal.Open(Folder, JournalRows.Schema, new FactJournalOptions { SegmentBytes = 1 << 14 }))
        {
            Task writer = Task.Run(() =>
            {
                for (int i = 0; i < Rows; i++)
                {
                    lock (engine)
                    {
                        journal.Append(0, new FactRow { Entity = (long)i });
                        state.Add(i);
                    }
                }
            });
            while (!writer.IsCompleted)
            {
                int[] snapshot = [];
                Monitor.Enter(engine);
                journal.Compact(w => Array.ForEach(snapshot, i => w.Append(0, new FactRow { Entity = (long)i })), atCut: () =>
                {
                    snapshot = [.. state];
                    Monitor.Exit(engine);
                });
            }

            await writer;
        }

        JournalRows.In(Folder).Select(r => r.Entity).Should().Equal(Enumerable.Range(0, Rows).Select(i => new EntityKey((long)i)));
    }

    private string CopyOf(int copy) => Path.Combine(_root, $"copy {copy}");
}
