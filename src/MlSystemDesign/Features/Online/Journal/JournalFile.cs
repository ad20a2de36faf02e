using System.Globalization;

namespace MlSystemDesign.Features;

/// <summary>A file of a journal: a segment, or the checkpoint that replaces the segments up to its number.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Number">From 1.</param>
/// <param name="IsCheckpoint">Whether it is a checkpoint.</param>
internal sealed record JournalFile(string Path, long Number, bool IsCheckpoint)
{
    private const string SegmentExtension = ".segment";
    private const string CheckpointExtension = ".checkpoint";

    /// <summary>Gets what its checksums contain, so that bytes of one file are never taken for those of another.</summary>
    internal long Id => IsCheckpoint ? ~Number : Number;

    internal string Name => System.IO.Path.GetFileName(Path);

    internal static JournalFile Segment(string folder, long number) => new(PathOf(folder, number, SegmentExtension), number, IsCheckpoint: false);

    internal static JournalFile Checkpoint(string folder, long number) => new(PathOf(folder, number, CheckpointExtension), number, IsCheckpoint: true);

    /// <summary>Lists the files of a folder that are segments or checkpoints, by number.</summary>
    internal static List<JournalFile> In(string folder)
    {
        List<JournalFile> files = [];
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            string extension = System.IO.Path.GetExtension(path);
            if (extension is SegmentExtension or CheckpointExtension
                && long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                files.Add(new JournalFile(path, number, extension == CheckpointExtension));
            }
        }

        files.Sort((a, b) => a.Number.CompareTo(b.Number));
        return files;
    }

    private static string PathOf(string folder, long number, string extension) => System.IO.Path.Combine(folder, number.ToString("D10", CultureInfo.InvariantCulture) + extension);
}
