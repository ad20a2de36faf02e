namespace MlSystemDesign.Features;

/// <summary>A torn end that was cut off when a journal was opened: a write during which the process or machine stopped, and which was never acknowledged.</summary>
/// <param name="Path">The file.</param>
/// <param name="ByteOffset">Where the unfinished record started.</param>
/// <param name="Length">How many bytes were cut off.</param>
public sealed record FactJournalRecovery(string Path, long ByteOffset, long Length);
