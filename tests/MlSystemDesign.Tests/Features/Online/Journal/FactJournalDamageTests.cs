using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online.Journal;

/// <summary>What a kill leaves is cut off; anything else that is not as written is an error, at whatever byte it is.</summary>
public sealed class FactJournalDamageTests : IDisposable
{
    private static readonly FactJournalOptions Options = new() { SegmentBytes = 1024 };
    private static readonly JournalRow[] Rows = JournalRows.Small(42);

    private readonly string _root = Directory.CreateTempSubdirectory("mlsd-journal-").FullName;
    private readonly string _copy;
    private readonly string _folder;
    private readonly string[] _files;

    public FactJournalDamageTests()
    {
        _folder = Path.Combine(_root, "whole");
        _copy = Path.Combine(_root, "copy");
        using FactJournal journal = FactJournal.Open(_folder, JournalRows.Schema, Options);
        Array.ForEach(Rows[..20], r => r.AppendTo(journal));
        journal.Compact(writer => writer.Retain((int _, in FactRow _) => true));
        Array.ForEach(Rows[20..], r => r.AppendTo(journal));
        _files = [.. Directory.GetFiles(_folder).Select(f => Path.GetFileName(f)!).Where(f => f != "lock").Order(StringComparer.Ordinal)];
        _files.Should().HaveCountGreaterThan(2).And.Contain(f => f.EndsWith(".checkpoint", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Open_OfALastSegmentCutAnywhere_GivesTheWholeRowsAndGoesOn()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(_folder, _files[^1]));
        int header = BitConverter.ToInt32(whole, 12);
        int least = Rows.Length;
        JournalRow next = JournalRows.Small(1, from: 100)[0];
        for (int length = whole.Length; length >= header; length--)
        {
            string file = Restore(_files[^1], whole[..length]);
            List<JournalRow> rows;
            using (FactJournal journal = FactJournal.Open(_copy, JournalRows.Schema, Options))
            {
                rows = JournalRows.Replayed(journal);
                rows.Should().Equal(Rows[..rows.Count]);
                rows.Count.Should().BeInRange(least - 1, least);
                least = rows.Count;
                if (journal.Recovered is { } recovered)
                {
                    recovered.Should().Be(new FactJournalRecovery(file, new FileInfo(file).Length, length - new FileInfo(file).Length));
                }
                else
                {
                    new FileInfo(file).Length.Should().Be(length);
                }

                next.AppendTo(journal);
            }

            JournalRows.In(_copy, Options).Should().Equal([.. rows, next]);
        }

        least.Should().BeLessThan(Rows.Length - 3).And.BeGreaterThan(20);
    }

    [Fact]
    public void Open_OfALastSegmentWhoseLastSectorsAreZeros_CutsThemOff()
    {
        string folder = Path.Combine(_root, "one");
        using (FactJournal journal = FactJournal.Open(folder, JournalRows.Schema))
        {
            Array.ForEach(Rows, r => r.AppendTo(journal));
        }

        string file = Directory.GetFiles(folder, "*.segment").Single();
        byte[] whole = File.ReadAllBytes(file);
        int least = Rows.Length + 1;
        foreach (int kept in (int[])[whole.Length, .. Enumerable.Range(1, (whole.Length - 1) / 512).Reverse().Select(sector => sector * 512)])
        {
            File.WriteAllBytes(file, [.. whole[..kept], .. new byte[whole.Length - kept + 5000]]);
            using FactJournal journal = FactJournal.Open(folder, JournalRows.Schema);

            List<JournalRow> rows = JournalRows.Replayed(journal);

            rows.Should().Equal(Rows[..rows.Count]).And.HaveCountLessThan(least);
            least = rows.Count;
            (journal.Recovered?.Length ?? 0).Should().Be(whole.Length - new FileInfo(file).Length, "zeros behind the rows are room that was made for others");
        }

        least.Should().BeLessThan(20);
    }

    [Fact]
    public void Open_OfAnAppendThatWasNotCommitted_CutsItOff()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(_folder, _files[^1]));
        byte[] torn = whole[^40..^7]; // a kill may come between any two bytes, in whatever order they are copied
        foreach (int room in (int[])[0, 1, 70_000])
        {
            string file = Restore(_files[^1], [.. whole, .. torn, .. new byte[room]]);
            JournalRow next = JournalRows.Small(1, from: 100)[0];
            using (FactJournal journal = FactJournal.Open(_copy, JournalRows.Schema, Options))
            {
                journal.Recovered.Should().Be(new FactJournalRecovery(file, whole.Length, torn.Length));
                next.AppendTo(journal);
            }

            JournalRows.In(_copy, Options).Should().Equal([.. Rows, next]);
        }
    }

    [Fact]
    public void Open_OfACommitmentThatEndsBeforeTheRowsBegin_IsAnErrorAndCutsNothingOff()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(_folder, _files[^1]));
        int header = BitConverter.ToInt32(whole, 12);
        long id = BitConverter.ToInt64(whole, 16);
        foreach (long length in (long[])[0, header - 1])
        {
            byte[] altered = [.. whole];
            BitConverter.TryWriteBytes(altered.AsSpan(JournalHeader.CommitmentAt), JournalHeader.Commitment(id, length)).Should().BeTrue();
            string file = Restore(_files[^1], altered);

            ShouldBeFound(_files[^1], $"{length} bytes cannot be committed behind a header of {header}");

            File.ReadAllBytes(file).Should().Equal(altered);
        }
    }

    [Fact]
    public void OpenAndReplay_OfAnyOtherFileCutAnywhere_IsAnError()
    {
        foreach (string name in _files[..^1])
        {
            byte[] whole = File.ReadAllBytes(Path.Combine(_folder, name));
            string file = Restore(name, whole);
            for (int length = 0; length < whole.Length; length++)
            {
                File.WriteAllBytes(file, whole[..length]);
                ShouldBeFound(name, $"{name} was cut to {length} bytes");
            }
        }
    }

    [Fact]
    public void OpenAndReplay_OfAFlippedBitInAnyByte_IsAnErrorThatNamesTheFile()
    {
        foreach (string name in _files)
        {
            byte[] whole = File.ReadAllBytes(Path.Combine(_folder, name));
            string file = Restore(name, whole);
            for (int position = 0; position < whole.Length; position++)
            {
                byte[] altered = [.. whole];
                altered[position] ^= (byte)(1 << (position % 8));
                File.WriteAllBytes(file, altered);
                ShouldBeFound(name, $"byte {position} of {name} was altered");
            }
        }
    }

    [Fact]
    public void OpenAndReplay_OfAMissingOrForeignFile_IsAnError()
    {
        foreach (string name in _files[..^1])
        {
            Restore(name, []);
            File.Delete(Path.Combine(_copy, name));
            Action open = () => JournalRows.In(_copy, Options);
            open.Should().Throw<FactJournalException>().Where(e => e.Fault == FactJournalFault.Damaged).WithMessage("The segments of a journal must follow each other without a gap. '*' is missing. *");
        }

        Restore(_files[2], File.ReadAllBytes(Path.Combine(_folder, _files[1])));
        ShouldBeFound(_files[2], "it is another segment's file");
    }

    [Fact]
    public void Replay_OfDamage_NamesThePositionAndARemedyThatWorks()
    {
        string segment = _files[1];
        byte[] altered = File.ReadAllBytes(Path.Combine(_folder, segment));
        altered[^20] ^= 1;
        string file = Restore(segment, altered);

        Action replay = () => JournalRows.In(_copy, Options);

        FactJournalException damage = replay.Should().Throw<FactJournalException>().Which;
        damage.Path.Should().Be(file);
        damage.Message.Should().Be(
            $"Every byte of a journal must be what was written. What '{segment}' has at byte {damage.ByteOffset} is altered: the checksum of the record does not match. Restore the folder from a backup. " +
            $"Without one, to give up the rows from there on, cut '{segment}' to {damage.ByteOffset} bytes (delete it if that is 0) and delete the segments with higher numbers.");
        File.WriteAllBytes(file, altered[..(int)damage.ByteOffset!.Value]);
        Array.ForEach(_files[2..], f => File.Delete(Path.Combine(_copy, f)));
        List<JournalRow> rows = JournalRows.In(_copy, Options);
        rows.Should().Equal(Rows[..rows.Count]).And.HaveCountGreaterThan(22);
    }

    private string Restore(string name, byte[] content)
    {
        if (Directory.Exists(_copy))
        {
            Directory.Delete(_copy, recursive: true);
        }

        JournalRows.Copy(_folder, _copy);
        string file = Path.Combine(_copy, name);
        File.WriteAllBytes(file, content);
        return file;
    }

    private void ShouldBeFound(string name, string because)
    {
        FactJournalException? found = null;
        try
        {
            JournalRows.In(_copy, Options);
        }
        catch (FactJournalException e)
        {
            found = e;
        }

        found.Should().NotBeNull(because);
        found!.Fault.Should().BeOneOf([FactJournalFault.Damaged, FactJournalFault.Newer], because);
        Path.GetFileName(found.Path).Should().Be(name, because);
    }
}
