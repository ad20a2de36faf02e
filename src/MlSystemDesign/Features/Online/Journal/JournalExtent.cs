namespace MlSystemDesign.Features;

/// <summary>A file of a journal and how much of it is rows that were acknowledged.</summary>
internal readonly record struct JournalExtent(JournalFile File, long Length);
