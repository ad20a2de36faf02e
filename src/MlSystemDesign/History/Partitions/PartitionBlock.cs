namespace MlSystemDesign.History;

/// <summary>Rows of one source and one partition that lie together in the file, column after column.</summary>
/// <param name="Source">The position of the source.</param>
/// <param name="Offset">Where they start.</param>
/// <param name="Count">How many there are.</param>
/// <param name="IsForeign">Whether their entities belong to other partitions: versions of events of which another version belongs here.</param>
internal readonly record struct PartitionBlock(int Source, long Offset, int Count, bool IsForeign);
