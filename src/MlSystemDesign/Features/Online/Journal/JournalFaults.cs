namespace MlSystemDesign.Features;

/// <summary>The words for damage.</summary>
internal static class JournalFaults
{
    internal static FactJournalException Damaged(JournalFile file, long offset, string what) => new(
        FactJournalFault.Damaged,
        $"Every byte of a journal must be what was written. What '{file.Name}' has at byte {offset} is {what}. Restore the folder from a backup. " + (file.IsCheckpoint
            ? "Without one, move the folder away and start a new journal from the history."
            : $"Without one, to give up the rows from there on, cut '{file.Name}' to {offset} bytes (delete it if that is 0) and delete the segments with higher numbers."),
        file.Path,
        offset);

    internal static FactJournalException Missing(JournalFile file) => new(
        FactJournalFault.Damaged,
        $"The segments of a journal must follow each other without a gap. '{file.Name}' is missing. Restore the folder from a backup. Without one, to give up the rows after the gap, " +
        "delete the segments with higher numbers.",
        file.Path);

    internal static FactJournalException WriteFailed(string folder, Exception cause) => new(
        FactJournalFault.WriteFailed,
        $"Every write of a journal must succeed. One to '{Path.GetFileName(folder)}' failed: {cause.Message} Make room or repair the disk, dispose the journal and open it again; " +
        "rows whose append threw may have to be appended again.",
        folder,
        innerException: cause);
}
