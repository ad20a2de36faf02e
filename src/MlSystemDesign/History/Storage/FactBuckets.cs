namespace MlSystemDesign.History;

/// <summary>Entities in consecutive groups, each with few enough rows that sorting it stays within a processor's cache.</summary>
internal sealed class FactBuckets
{
    private const int RowsPerBucket = 1 << 14;
    private const int MostBuckets = 1 << 10;
    private const int EntitiesPerBucket = 1 << 16;
    private readonly List<int> _firstEntities = [];

    /// <summary>Makes the groups.</summary>
    /// <param name="starts">Where the rows of each entity start; one place more than entities.</param>
    public FactBuckets(int[] starts)
    {
        Starts = starts;
        int target = Math.Max(RowsPerBucket, starts[^1] / MostBuckets), first = 0;
        for (int entity = 1; entity < starts.Length; entity++)
        {
            bool isLast = entity == starts.Length - 1;
            if (isLast || starts[entity + 1] - starts[first] > target || entity - first == EntitiesPerBucket)
            {
                _firstEntities.Add(first);
                first = entity;
            }
        }

        _firstEntities.Add(starts.Length - 1);
    }

    /// <summary>Gets where the rows of each entity start.</summary>
    public int[] Starts { get; }

    public int Count => _firstEntities.Count - 1;

    public int FirstEntity(int bucket) => _firstEntities[bucket];

    /// <summary>Gets the first row of a bucket; the bucket after the last one starts at the end.</summary>
    public int FirstRow(int bucket) => Starts[_firstEntities[bucket]];

    /// <summary>Returns, for each provisional entity id, its bucket in the upper bits and its place in the bucket in the lower 16.</summary>
    /// <param name="finalIds">The final id of each provisional one.</param>
    public uint[] AddressOf(ReadOnlySpan<int> finalIds)
    {
        uint[] addressOfFinal = new uint[Starts.Length];
        for (int b = 0; b < Count; b++)
        {
            for (int entity = FirstEntity(b); entity < FirstEntity(b + 1); entity++)
            {
                addressOfFinal[entity] = ((uint)b << 16) | (uint)(entity - FirstEntity(b));
            }
        }

        uint[] addresses = new uint[finalIds.Length];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = addressOfFinal[finalIds[i]];
        }

        return addresses;
    }
}
