namespace MlSystemDesign.Parquet;

/// <summary>How much there is to read.</summary>
/// <param name="Rows">The number of rows over all sources.</param>
/// <param name="Bytes">About how many bytes they take in memory while they are sorted.</param>
/// <param name="LargestGroup">About how many bytes the largest row group takes while it is decoded.</param>
internal readonly record struct SourceSizes(long Rows, long Bytes, long LargestGroup)
{
    private const int MostPartitions = 4096;
    private const int Decoded = 3; // a row group's columns, the pages that they come from, and what of them the partition keeps
    private const int Sorted = 2; // rows as they came beside rows in order
    private const int RowShare = 16; // the place in the order, and what lists leave free
    private const int ForeignShare = 8; // of rows with event keys, one in so many has a version in another partition, and is copied there
    private const int BytesPerObservation = 40; // key, cutoff, and the row numbers of the partitions

    /// <summary>Adds a row group.</summary>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="bytesPerRow">About how many bytes a row takes in memory.</param>
    /// <param name="hasEventKey">Whether the rows are versions of events. How many belong to several partitions is not known before they are read: as many as most sources will not have.</param>
    public SourceSizes With(long rows, int bytesPerRow, bool hasEventKey) => new(
        Rows + rows,
        Bytes + ((rows + (hasEventKey ? rows / ForeignShare : 0)) * ((Sorted * bytesPerRow) + RowShare)),
        Math.Max(LargestGroup, rows * (bytesPerRow + sizeof(long)) * Decoded));

    /// <summary>Returns how many partitions keep a build within a budget.</summary>
    /// <param name="memory">The budget in bytes.</param>
    /// <param name="observations">The number of rows to build.</param>
    /// <param name="columns">The number of features.</param>
    /// <exception cref="ArgumentOutOfRangeException">What does not get smaller with more partitions takes the budget already.</exception>
    public int PartitionsWithin(long memory, int observations, int columns)
    {
        long standing = LargestGroup + ((long)BytesPerObservation * observations);
        long divided = Bytes + (Bytes / 4) + (3L * observations * columns * sizeof(double)); // partitions differ in size; a part of the table stands beside its written form
        long partitions = memory <= standing ? long.MaxValue : Math.Max(1, (divided + memory - standing - 1) / (memory - standing));
        return partitions <= MostPartitions
            ? (int)partitions
            : throw new ArgumentOutOfRangeException(
                nameof(memory),
                FormattableString.Invariant(
                    $"The memory must hold a row group, the observations and 1/{MostPartitions} of the facts. Got {memory} bytes where these take about {standing + (divided / MostPartitions) + 1}. ")
                + "Allow more, or write the files with smaller row groups.");
    }
}
