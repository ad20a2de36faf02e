using System.Runtime.InteropServices;
using System.Text;
using MlSystemDesign.Facts;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.History;

/// <summary>Writes rows to a file, those of one partition together, and then an index of it. Times are in UTC ticks, entities and categories are numbers that the index explains.</summary>
internal sealed class PartitionWriter : IDisposable
{
    private const int FileBuffer = 1 << 20;
    private readonly string _folder;
    private readonly string _tag;
    private readonly FileStream _file;
    private readonly List<PartitionBlock>[] _blocks;
    private readonly PartitionMembers _members;
    private readonly List<SourceIngest> _sources = [];
    private EventKeyPlaces? _keys;
    private bool _complete;

    public PartitionWriter(string folder, int count, string tag)
    {
        (_folder, _tag) = (folder, tag);
        _blocks = [.. Enumerable.Range(0, count).Select(_ => new List<PartitionBlock>())];
        _members = new PartitionMembers(count);
        PartitionFiles.Delete(folder);
        Directory.CreateDirectory(folder);
        _file = new FileStream(PartitionFiles.Rows(folder), FileMode.Create, FileAccess.Write, FileShare.Read, FileBuffer);
    }

    /// <summary>Writes the good rows of a batch.</summary>
    public void Write(SourceIngest source, FactBatch batch)
    {
        if (!_sources.Contains(source))
        {
            _sources.Add(source);
        }

        _members.Place(source.Entities);
        int[] ends = new int[_blocks.Length];
        int[] rows = _members.InOrder(batch.Entities.AsSpan(0, batch.Count), ends); // a chunk may have room left
        PartitionColumns columns = new(batch);
        for (int p = 0, start = 0; p < ends.Length; start = ends[p++])
        {
            ReadOnlySpan<int> mine = rows.AsSpan(start..ends[p]);
            if (mine.IsEmpty)
            {
                continue;
            }

            Note(_sources.IndexOf(source), batch.EventKeys, mine, p);
            _blocks[p].Add(new PartitionBlock(_sources.IndexOf(source), _file.Position, mine.Length, IsForeign: false));
            int[] places = new int[mine.Length];
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = _members.PlaceOf(batch.Entities[mine[i]]);
            }

            _file.Write(MemoryMarshal.AsBytes<int>(places));
            columns.Write(_file, mine);
        }
    }

    /// <summary>Writes the entities and, last, the index: without it there is no partitioned history.</summary>
    public void Complete(IReadOnlyList<SourceIngest> sources)
    {
        if (_keys is not null)
        {
            _file.Flush();
            using StrayWriter strays = new(_folder, _file, _blocks, _members, _sources);
            strays.Write(_keys);
        }

        (long Offset, int Count)[] entities = [.. Enumerable.Range(0, _blocks.Length).Select(p => (WriteEntities(sources, _members.Of(p)), _members.Of(p).Count))];
        _file.Flush(flushToDisk: true);
        long length = _file.Length;
        AtomicFile.Write(PartitionFiles.Index(_folder), stream =>
        {
            using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
            writer.Write(PartitionFiles.Format);
            writer.Write(_tag);
            writer.Write(length);
            writer.Write(sources.Count);
            foreach (SourceIngest source in sources)
            {
                PartitionedSource.Of(source).Write(writer);
            }

            writer.Write(_blocks.Length);
            for (int p = 0; p < _blocks.Length; p++)
            {
                writer.Write(entities[p].Offset);
                writer.Write(entities[p].Count);
                writer.Write(_blocks[p].Count);
                foreach (PartitionBlock block in _blocks[p])
                {
                    writer.Write(IndexOf(sources, _sources[block.Source]));
                    writer.Write(block.Offset);
                    writer.Write(block.Count);
                    writer.Write(block.IsForeign);
                }
            }
        });
        _complete = true;
    }

    public void Dispose()
    {
        _file.Dispose();
        _keys?.Dispose();
        if (!_complete)
        {
            PartitionFiles.Delete(_folder); // a full disk gets its space back
        }
    }

    private static int IndexOf(IReadOnlyList<SourceIngest> sources, SourceIngest source) => Enumerable.Range(0, sources.Count).First(i => ReferenceEquals(sources[i], source));

    // In one partition no event can have versions elsewhere.
    private void Note(int source, ReadOnlyMemory<EntityKey> keys, ReadOnlySpan<int> rows, int partition)
    {
        if (keys.IsEmpty || _blocks.Length == 1)
        {
            return;
        }

        _keys ??= new EventKeyPlaces(_folder, _blocks.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            if (keys.Span[rows[i]] is var key && key != default)
            {
                _keys.Add(source, key, partition, new RowRef(_blocks[partition].Count, i));
            }
        }
    }

    // Every source has the same entities.
    private long WriteEntities(IReadOnlyList<SourceIngest> sources, IReadOnlyList<int> members)
    {
        long offset = _file.Position;
        StoredKeys.Write(_file, [.. members.Select(id => sources[0].Entities[id])]);
        return offset;
    }
}
