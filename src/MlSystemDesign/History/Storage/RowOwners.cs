using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Which rows of which blocks belong to an entity at present.</summary>
internal sealed class RowOwners
{
    private readonly (Segment Segment, int Entity)[] _places;

    public RowOwners(SourceStore store)
    {
        List<(Segment Segment, int Entity)> places = [];
        for (int id = 0; id < store.Segments.Length; id++)
        {
            if (store[id].Count > 0)
            {
                places.Add((store[id], id));
            }
        }

        places.Sort((a, b) => Compare(a.Segment, new RowRef(b.Segment.Block, b.Segment.Start)));
        _places = [.. places];
    }

    /// <summary>Returns the entity that a row belongs to, or −1 when nobody's.</summary>
    public int OwnerOf(RowRef row)
    {
        int low = 0, high = _places.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = Compare(_places[middle].Segment, row) <= 0 ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && _places[low - 1] is var (segment, entity) && segment.Block == row.Block && row.Row < segment.Start + segment.Count ? entity : -1;
    }

    private static int Compare(Segment a, RowRef b) => a.Block != b.Block ? a.Block.CompareTo(b.Block) : a.Start.CompareTo(b.Row);
}
