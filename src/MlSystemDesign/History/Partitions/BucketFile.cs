using System.Runtime.InteropServices;

namespace MlSystemDesign.History;

/// <summary>Records in buckets of which one at a time is read. They lie in a temporary file; memory holds a small buffer per bucket.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class BucketFile<T> : IDisposable
    where T : unmanaged
{
    private const int RecordsBuffered = 1 << 16; // over all buckets
    private readonly FileStream _file;
    private readonly int _size;
    private readonly T[]?[] _buffers;
    private readonly int[] _used;
    private readonly List<(long Offset, int Count)>[] _written;

    public BucketFile(string path, int buckets)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose);
        _size = Math.Clamp(RecordsBuffered / buckets, 16, 4096);
        _buffers = new T[]?[buckets];
        _used = new int[buckets];
        _written = [.. Enumerable.Range(0, buckets).Select(_ => new List<(long, int)>())];
    }

    public void Add(int bucket, T record)
    {
        T[] buffer = _buffers[bucket] ??= new T[_size];
        buffer[_used[bucket]++] = record;
        if (_used[bucket] == buffer.Length)
        {
            _file.Position = _file.Length;
            _written[bucket].Add((_file.Position, buffer.Length));
            _file.Write(MemoryMarshal.AsBytes<T>(buffer));
            _used[bucket] = 0;
        }
    }

    /// <summary>Reads the records of a bucket, in the order in which they came.</summary>
    public T[] Read(int bucket)
    {
        T[] records = new T[checked(_written[bucket].Sum(part => part.Count) + _used[bucket])];
        int start = 0;
        foreach ((long offset, int count) in _written[bucket])
        {
            _file.Position = offset;
            _file.ReadExactly(MemoryMarshal.AsBytes(records.AsSpan(start, count)));
            start += count;
        }

        _buffers[bucket].AsSpan(0, _used[bucket]).CopyTo(records.AsSpan(start));
        return records;
    }

    public void Dispose() => _file.Dispose();
}
