using System.Runtime.InteropServices;
using System.Text;
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
    private readonly List<int>[] _members; // the entities of each partition, by their provisional ids
    private readonly List<SourceIngest> _sources = [];
    private int[] _partitionOf = [], _placeOf = []; // by provisional id
    private int _entities;
    private bool _complete;

    public PartitionWriter(string folder, int count, string tag)
    {
        (_folder, _tag) = (folder, tag);
        _blocks = [.. Enumerable.Range(0, count).Select(_ => new List<PartitionBlock>())];
        _members = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        PartitionFiles.Delete(folder);
        Directory.CreateDirectory(folder);
        _file = new FileStream(PartitionFiles.Rows(folder), FileMode.Create, FileAccess.Write, FileShare.None, FileBuffer);
    }

    /// <summary>Writes the good rows of a batch.</summary>
    public void Write(SourceIngest source, FactBatch batch)
    {
        if (!_sources.Contains(source))
        {
            _sources.Add(source);
        }

        PlaceEntities(source.Entities);
        int[] ends = new int[_blocks.Length];
        int[] rows = InOrder(batch.Entities.AsSpan(0, batch.Count), ends); // a chunk may have room left
        long[] room = new long[batch.Count];
        ReadOnlySpan<long> events = batch.EventScale.ToTicks(batch.EventTimes.Span, room);
        ReadOnlySpan<long> known = batch.KnownTimes.IsEmpty ? default : batch.KnownScale.ToTicks(batch.KnownTimes.Span, batch.KnownScale == TickScale.Ticks ? default : new long[batch.Count]);
        int[]?[] codes = Array.ConvertAll(batch.Codes, c => c is null ? null : LevelsOf(c, batch.Count));
        for (int p = 0, start = 0; p < ends.Length; start = ends[p++])
        {
            ReadOnlySpan<int> mine = rows.AsSpan(start..ends[p]);
            if (mine.IsEmpty)
            {
                continue;
            }

            _blocks[p].Add(new PartitionBlock(_sources.IndexOf(source), _file.Position, mine.Length));
            int[] places = new int[mine.Length];
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = _placeOf[batch.Entities[mine[i]]];
            }

            Put<int>(places);
            Put(events, mine);
            Put(known, mine);
            Put(batch.Sequence.Span, mine);
            for (int c = 0; c < codes.Length; c++)
            {
                Put(batch.Numbers[c].Span, mine);
                Put<int>(codes[c], mine);
            }
        }
    }

    /// <summary>Writes the entities and, last, the index: without it there is no partitioned history.</summary>
    public void Complete(IReadOnlyList<SourceIngest> sources)
    {
        (long Offset, int Count)[] entities = [.. _members.Select(members => (WriteEntities(sources, members), members.Count))];
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
                }
            }
        });
        _complete = true;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (!_complete)
        {
            PartitionFiles.Delete(_folder); // a full disk gets its space back
        }
    }

    private static int IndexOf(IReadOnlyList<SourceIngest> sources, SourceIngest source) => Enumerable.Range(0, sources.Count).First(i => ReferenceEquals(sources[i], source));

    private static int[] LevelsOf(CodeBatch batch, int count)
    {
        int[] levels = new int[count];
        for (int row = 0; row < count; row++)
        {
            int code = !batch.Wide.IsEmpty ? batch.Wide.Span[row] : batch.Small.Span[row] == byte.MaxValue ? -1 : batch.Small.Span[row];
            levels[row] = code < 0 || batch.LevelOf is null ? code : code < batch.LevelOf.Length ? batch.LevelOf[code] : -1;
        }

        return levels;
    }

    private void PlaceEntities(EntityInterner entities)
    {
        if (_partitionOf.Length < entities.Count)
        {
            int size = Math.Max(entities.Count, 2 * _partitionOf.Length);
            Array.Resize(ref _partitionOf, size);
            Array.Resize(ref _placeOf, size);
        }

        for (; _entities < entities.Count; _entities++)
        {
            int p = EntityPartition.Of(entities[_entities], _members.Length);
            (_partitionOf[_entities], _placeOf[_entities]) = (p, _members[p].Count);
            _members[p].Add(_entities);
        }
    }

    // A counting sort: the good rows by partition, in the order in which they came.
    private int[] InOrder(ReadOnlySpan<int> entities, int[] ends)
    {
        int good = 0;
        foreach (int entity in entities)
        {
            if (entity >= 0)
            {
                ends[_partitionOf[entity]]++;
                good++;
            }
        }

        for (int p = 0, sum = 0; p < ends.Length; p++)
        {
            (ends[p], sum) = (sum, sum + ends[p]); // starts, which the rows below move to the ends
        }

        int[] rows = new int[good];
        for (int row = 0; row < entities.Length; row++)
        {
            if (entities[row] >= 0)
            {
                rows[ends[_partitionOf[entities[row]]]++] = row;
            }
        }

        return rows;
    }

    // Every source has the same entities.
    private long WriteEntities(IReadOnlyList<SourceIngest> sources, List<int> members)
    {
        long offset = _file.Position;
        using BinaryWriter writer = new(_file, Encoding.Unicode, leaveOpen: true); // as the texts are: a key may hold half a surrogate pair
        foreach (int id in members)
        {
            string key = sources[0].Entities[id].ToCanonicalString();
            writer.Write(key.Length);
            writer.Write(MemoryMarshal.AsBytes(key.AsSpan()));
        }

        return offset;
    }

    private void Put<T>(ReadOnlySpan<T> column, ReadOnlySpan<int> rows)
        where T : unmanaged
    {
        if (column.IsEmpty)
        {
            return;
        }

        T[] picked = new T[rows.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = column[rows[i]];
        }

        Put<T>(picked);
    }

    // As this machine holds them: the file is read where it was written, and gone after that.
    private void Put<T>(ReadOnlySpan<T> values)
        where T : unmanaged => _file.Write(MemoryMarshal.AsBytes(values));
}
