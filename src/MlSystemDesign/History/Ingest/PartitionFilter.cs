namespace MlSystemDesign.History;

/// <summary>Tells which rows a partition keeps, by the provisional ids of their entities.</summary>
internal sealed class PartitionFilter(EntityInterner entities, EntityPartition partition)
{
    private readonly List<bool> _keeps = [];

    /// <summary>Tells whether the facts of an entity are kept.</summary>
    public bool Keeps(int id)
    {
        while (_keeps.Count <= id)
        {
            _keeps.Add(partition.Has(entities[_keeps.Count]));
        }

        return _keeps[id];
    }

    /// <summary>Returns the rows of a batch that are kept, copied together: what the batch itself holds can go.</summary>
    public FactBatch Kept(FactBatch batch)
    {
        List<int> rows = new(batch.Count / partition.Count);
        for (int row = 0; row < batch.Count; row++)
        {
            if (batch.Entities[row] >= 0 && Keeps(batch.Entities[row]))
            {
                rows.Add(row);
            }
        }

        return batch.Only([.. rows]);
    }
}
