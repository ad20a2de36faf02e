namespace MlSystemDesign.History;

/// <summary>Which entities each partition has: an entity's place is its number among those of its partition.</summary>
internal sealed class PartitionMembers(int count)
{
    private readonly List<int>[] _members = [.. Enumerable.Range(0, count).Select(_ => new List<int>())]; // by provisional id
    private int[] _partitionOf = [], _placeOf = []; // by provisional id
    private int _entities;

    /// <summary>Gets the provisional ids of a partition's entities, by place.</summary>
    public IReadOnlyList<int> Of(int partition) => _members[partition];

    /// <summary>Gets the place of an entity.</summary>
    public int PlaceOf(int id) => _placeOf[id];

    /// <summary>Gives new entities their places.</summary>
    public void Place(EntityInterner entities)
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

    /// <summary>Returns the good rows of a batch by partition, in the order in which they came: a counting sort.</summary>
    /// <param name="entities">The provisional id of each row, −1 for a bad one.</param>
    /// <param name="ends">Gets where the rows of each partition end.</param>
    public int[] InOrder(ReadOnlySpan<int> entities, int[] ends)
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
}
