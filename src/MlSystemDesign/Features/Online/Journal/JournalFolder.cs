using Microsoft.Win32.SafeHandles;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Features;

/// <summary>The folder of a journal, held by one process: finds what is there, clears what a kill left, makes files.</summary>
internal sealed class JournalFolder : IDisposable
{
    private readonly SafeFileHandle _lock;

    private JournalFolder(string path, string schema, SafeFileHandle handle)
    {
        Path = path;
        Schema = schema;
        _lock = handle;
    }

    /// <summary>Gets the folder, as a full path.</summary>
    internal string Path { get; }

    /// <summary>Gets the description that every file must have.</summary>
    internal string Schema { get; }

    /// <summary>Gets the closed files, in the order of their rows.</summary>
    internal List<JournalExtent> Closed { get; } = [];

    /// <summary>Gets the segment that rows are appended to.</summary>
    internal JournalFile Active { get; private set; } = null!;

    /// <summary>Takes a folder, or makes it.</summary>
    /// <exception cref="FactJournalException">Another has it, or its files are damaged, newer or of another schema.</exception>
    internal static JournalFolder Open(string path, string schema)
    {
        FolderSync.Create(path);
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            throw new FactJournalException(
                FactJournalFault.InUse,
                $"A journal must have one writer. '{System.IO.Path.GetFileName(path)}' is open elsewhere. Close it there, or share one {nameof(FactJournal)} within the process.",
                path,
                innerException: e);
        }

        JournalFolder folder = new(path, schema, handle);
        try
        {
            folder.Load();
            return folder;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Makes the next segment, complete with its header, and closes the active one.</summary>
    /// <param name="length">How long the active one is.</param>
    /// <returns>Where its first record goes.</returns>
    internal int StartSegment(long length)
    {
        JournalFile next = JournalFile.Segment(Path, Active.Number + 1);
        int header = Create(next, length);
        Closed.Add(new JournalExtent(Active, length));
        Active = next;
        return header;
    }

    /// <summary>Lets a checkpoint, which is there, stand for the closed files up to its number.</summary>
    internal void Replace(JournalFile checkpoint)
    {
        Closed.RemoveAll(c => c.File.Number <= checkpoint.Number);
        Closed.Insert(0, ExtentOf(checkpoint));
    }

    /// <summary>Deletes files that a checkpoint stands for.</summary>
    /// <param name="replaced">The files.</param>
    /// <param name="deleted">Called after each.</param>
    internal static void Delete(List<JournalExtent> replaced, Action deleted)
    {
        foreach (JournalExtent extent in replaced)
        {
            try
            {
                File.Delete(extent.File.Path);
            }
            catch (IOException)
            {
                // Someone reads it, on an operating system that then keeps it. The next opening deletes it.
            }

            deleted();
        }
    }

    /// <summary>Forces a file to the disk.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    internal static void Flush(JournalFile file)
    {
        using SafeFileHandle handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    private static JournalExtent ExtentOf(JournalFile file) => new(file, new FileInfo(file.Path).Length);

    private int Create(JournalFile file, long previousLength)
    {
        byte[] header = JournalHeader.Format(file, Schema, previousLength);
        AtomicFile.Write(file.Path, stream => stream.Write(header));
        FolderSync.Flush(Path);
        return header.Length;
    }

    private void Load()
    {
        foreach (string unfinished in Directory.GetFiles(Path, "*.tmp-*"))
        {
            File.Delete(unfinished);
        }

        List<JournalFile> files = JournalFile.In(Path);
        JournalFile? checkpoint = files.FindLast(f => f.IsCheckpoint);
        long number = checkpoint?.Number ?? 0;
        List<JournalFile> replaced = files.FindAll(f => f.Number <= number && f != checkpoint);
        List<JournalFile> segments = files.FindAll(f => f.Number > number);
        if (checkpoint is not null)
        {
            Closed.Add(ExtentOf(checkpoint));
            if (replaced.Count > 0)
            {
                new JournalFileReader(Closed[0], Schema, new JournalDecoder()).ReadWhole(null, null, CancellationToken.None); // before what could stand in for it goes
                Delete([.. replaced.Select(ExtentOf)], () => { });
            }
        }

        if (segments.Count == 0)
        {
            Active = JournalFile.Segment(Path, number + 1);
            Create(Active, 0);
            return;
        }

        RequireChain(segments, number);
        Closed.AddRange(segments[..^1].Select(ExtentOf));
        Active = segments[^1];
    }

    private void RequireChain(List<JournalFile> segments, long before)
    {
        for (int s = 0; s < segments.Count; s++)
        {
            if (segments[s].Number != before + s + 1)
            {
                throw JournalFaults.Missing(JournalFile.Segment(Path, before + s + 1));
            }

            long promised = JournalHeader.Read(segments[s], Schema).PreviousLength;
            long length = s == 0 ? promised : ExtentOf(segments[s - 1]).Length;
            if (length != promised)
            {
                throw JournalFaults.Damaged(segments[s - 1], Math.Min(length, promised), length < promised ? $"the end of the file, which was {promised} bytes long" : "behind its end");
            }
        }
    }
}
