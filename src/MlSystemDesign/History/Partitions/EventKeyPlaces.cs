using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Finds the rows whose event has versions in several partitions. All rows with event keys are noted in a file by hashes of their keys; then one range of the hashes at a time is in
/// memory, 24 bytes a row.</summary>
/// <remarks>Two keys with one hash are taken for one. That costs a row that nobody needs in the other partition, where it has no effect: the versions are found there by the keys themselves.</remarks>
internal sealed class EventKeyPlaces : IDisposable
{
    private readonly int _count;
    private readonly BucketFile<KeyPlace> _places;
    private readonly BucketFile<StrayRow> _strays;

    /// <summary>Starts with no rows.</summary>
    /// <param name="folder">Where its temporary files go.</param>
    /// <param name="count">The number of partitions; there are as many ranges.</param>
    public EventKeyPlaces(string folder, int count)
    {
        _count = count;
        _places = new BucketFile<KeyPlace>(PartitionFiles.Keys(folder), count);
        _strays = new BucketFile<StrayRow>(PartitionFiles.Strays(folder), count);
    }

    /// <summary>Notes a row.</summary>
    /// <param name="source">The position of its source: equal keys of two sources are two events.</param>
    /// <param name="key">Its event key.</param>
    /// <param name="partition">The partition of its entity.</param>
    /// <param name="row">Its place there.</param>
    public void Add(int source, EntityKey key, int partition, RowRef row)
    {
        ulong hash = EntityPartition.HashOf(key) + ((ulong)source * 0x9E3779B97F4A7C15);
        _places.Add((int)(hash % (uint)_count), new KeyPlace(hash, partition, row));
    }

    /// <summary>Finds, when all rows are noted.</summary>
    public void Find()
    {
        for (int range = 0; range < _count; range++)
        {
            KeyPlace[] places = _places.Read(range);
            places.AsSpan().Sort((a, b) => a.Hash.CompareTo(b.Hash));
            for (int start = 0; start < places.Length;)
            {
                int end = start + 1;
                bool stray = false;
                for (; end < places.Length && places[end].Hash == places[start].Hash; end++)
                {
                    stray |= places[end].Partition != places[start].Partition;
                }

                if (stray)
                {
                    Send(places.AsSpan(start..end));
                }

                start = end;
            }
        }
    }

    /// <summary>Returns the rows of a partition that others need, block after block, and within a block those for one partition together.</summary>
    public StrayRow[] Of(int partition)
    {
        StrayRow[] strays = _strays.Read(partition);
        strays.AsSpan().Sort((a, b) => (a.Row.Block, a.To, a.Row.Row).CompareTo((b.Row.Block, b.To, b.Row.Row)));
        return strays;
    }

    public void Dispose()
    {
        _places.Dispose();
        _strays.Dispose();
    }

    private void Send(ReadOnlySpan<KeyPlace> versions)
    {
        SortedSet<int> partitions = [];
        foreach (KeyPlace version in versions)
        {
            partitions.Add(version.Partition);
        }

        foreach (KeyPlace version in versions)
        {
            foreach (int to in partitions)
            {
                if (to != version.Partition)
                {
                    _strays.Add(version.Partition, new StrayRow(version.Row, to));
                }
            }
        }
    }
}
