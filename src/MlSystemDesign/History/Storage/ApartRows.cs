using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>The rows, few, that became known at another time than they happened, by their place before the sort within the buckets.</summary>
internal sealed class ApartRows
{
    private readonly int[] _places;
    private readonly long[] _known;
    private readonly FactException[][] _exceptions; // by bucket

    /// <summary>Finds the places of the rows.</summary>
    /// <param name="batches">The rows, with their places.</param>
    /// <param name="buckets">The number of buckets.</param>
    public ApartRows(List<FactBatch> batches, int buckets)
    {
        _places = [.. batches.SelectMany(b => b.Apart!.Select(r => b.Entities[r.Row]))];
        _known = [.. batches.SelectMany(b => b.Apart!.Select(r => r.Known))];
        _exceptions = new FactException[buckets][];
        Array.Sort(_places, _known);
    }

    /// <summary>Returns the rows of a bucket.</summary>
    /// <param name="first">Its first place.</param>
    /// <param name="end">The place after its last one.</param>
    public (int From, int Until) Within(int first, int end) => (FirstFrom(first), FirstFrom(end));

    public int Count => _places.Length;

    public int PlaceAt(int index) => _places[index];

    /// <summary>Returns when the row at a place became known, or <see langword="null"/> when it happened.</summary>
    /// <param name="place">The place.</param>
    /// <param name="from">The first of the rows among which it is, if it is one.</param>
    /// <param name="until">The row after the last of them.</param>
    public long? KnownOf(int place, int from, int until) => Array.BinarySearch(_places, from, until - from, place) is var index and >= 0 ? _known[index] : null;

    /// <summary>Takes the exceptions of a bucket, ascending by row.</summary>
    public void Set(int bucket, FactException[] exceptions) => _exceptions[bucket] = exceptions;

    /// <summary>Returns the exceptions of all buckets.</summary>
    public FactException[] ToExceptions()
    {
        FactException[] all = new FactException[_places.Length];
        int next = 0;
        foreach (FactException[]? some in _exceptions)
        {
            some?.CopyTo(all, next);
            next += some?.Length ?? 0;
        }

        return all;
    }

    private int FirstFrom(int place)
    {
        int index = Array.BinarySearch(_places, place);
        return index < 0 ? ~index : index;
    }
}
