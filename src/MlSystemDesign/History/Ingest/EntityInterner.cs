namespace MlSystemDesign.History;

/// <summary>Gives entities provisional ids while rows are read: those of the past keep theirs, new ones get the next in the order of appearance.</summary>
internal sealed class EntityInterner(EntityIndex past)
{
    private readonly Dictionary<EntityKey, int> _newIds = [];

    public int IdOf(EntityKey key)
    {
        int id = past.Find(key);
        if (id < 0 && !_newIds.TryGetValue(key, out id))
        {
            id = past.Count + _newIds.Count;
            _newIds.Add(key, id);
        }

        return id;
    }

    /// <summary>Ends the reading.</summary>
    /// <param name="finalIds">The final id of each provisional one.</param>
    public EntityIndex Complete(out int[] finalIds)
    {
        EntityIndex index = past.Append([.. _newIds.Keys]);
        finalIds = new int[index.Count];
        for (int i = 0; i < past.Count; i++)
        {
            finalIds[i] = i;
        }

        foreach ((EntityKey key, int id) in _newIds)
        {
            finalIds[id] = index.Find(key);
        }

        return index;
    }
}
