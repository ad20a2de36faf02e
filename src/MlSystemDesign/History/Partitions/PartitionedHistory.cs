using System.Text;

namespace MlSystemDesign.History;

/// <summary>A history that lies in a folder, partition by partition of the entities, because it does not fit the memory. <see cref="HistoryBuilder.PartitionAsync"/> writes it.</summary>
/// <remarks>A temporary copy rather than a store: to be read on the machine that wrote it, and deleted when the work is done. Observed spans, counts and skipped rows are those of all rows, and
/// so every feature of an entity is the same, bit for bit, from its partition as from the whole. Safe for concurrent use.</remarks>
public sealed class PartitionedHistory
{
    private readonly string _folder;
    private readonly PartitionedSource[] _sources;
    private readonly (long Offset, int Count)[] _entities;
    private readonly PartitionBlock[][] _blocks;

    private PartitionedHistory(string folder, BinaryReader index)
    {
        _folder = folder;
        _sources = [.. Enumerable.Range(0, index.ReadInt32()).Select(_ => PartitionedSource.Read(index))];
        _blocks = new PartitionBlock[index.ReadInt32()][];
        _entities = new (long, int)[_blocks.Length];
        for (int p = 0; p < _blocks.Length; p++)
        {
            _entities[p] = (index.ReadInt64(), index.ReadInt32());
            _blocks[p] = [.. Enumerable.Range(0, index.ReadInt32()).Select(_ => new PartitionBlock(index.ReadInt32(), index.ReadInt64(), index.ReadInt32(), index.ReadBoolean()))];
        }
    }

    /// <summary>Gets the number of partitions.</summary>
    public int Count => _blocks.Length;

    /// <summary>Gets, for each source, the rows that were left out, by reason.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SkippedRows>> Skipped => _sources.ToDictionary(s => s.Name, s => s.Skipped, StringComparer.Ordinal);

    /// <summary>Opens what was written to a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tag">The words with which it was written.</param>
    /// <returns>The history; <see langword="null"/> when there is none, it is incomplete, or was written with other words or by another version.</returns>
    public static PartitionedHistory? TryOpen(string folder, string tag)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(tag);
        FileInfo rows = new(PartitionFiles.Rows(folder));
        if (!File.Exists(PartitionFiles.Index(folder)) || !rows.Exists)
        {
            return null;
        }

        using BinaryReader index = new(File.OpenRead(PartitionFiles.Index(folder)), Encoding.UTF8);
        try
        {
            return index.ReadInt32() == PartitionFiles.Format && index.ReadString() == tag && index.ReadInt64() == rows.Length ? new PartitionedHistory(folder, index) : null;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Reads one partition into memory, where its facts are sorted as those of any history. Cost: linear in its facts, and independent of how many partitions there are.</summary>
    /// <param name="partition">Which, from 0.</param>
    /// <param name="degreeOfParallelism">How many threads may sort at once, from 1; <see langword="null"/> for one per processor. Changes no bit.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="IOException">The rows cannot be read.</exception>
    public InMemoryHistory Load(int partition, int? degreeOfParallelism = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, Count);
        if (degreeOfParallelism < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(degreeOfParallelism), $"The degree of parallelism must be at least 1. Got {degreeOfParallelism}. Leave it out to use every processor.");
        }

        IngestRun run = new(InMemoryHistory.Empty, new Workers(degreeOfParallelism ?? Environment.ProcessorCount, cancellationToken), null);
        using FileStream file = File.OpenRead(PartitionFiles.Rows(_folder));
        file.Position = _entities[partition].Offset;
        foreach (EntityKey entity in StoredKeys.Read(file, _entities[partition].Count))
        {
            run.Restore(entity);
        }

        for (int s = 0; s < _sources.Length; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PartitionBlock[] blocks = [.. _blocks[partition].Where(b => b.Source == s)];
            run.Restore(_sources[s], blocks.Length == 0 ? null : PartitionColumns.Read(file, _sources[s].Shape.ToColumns(), blocks, run.Restore), _entities[partition].Count);
        }

        return run.Complete().History;
    }

    /// <summary>Removes the files. Nothing can be loaded after that.</summary>
    /// <exception cref="IOException">A file is in use.</exception>
    public void Delete() => PartitionFiles.Delete(_folder);
}
