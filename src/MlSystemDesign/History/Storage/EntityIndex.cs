namespace MlSystemDesign.History;

/// <summary>Gives each entity a dense id. Ids are internal and never persisted: they depend on what was appended when; the order of the keys does not.</summary>
internal sealed class EntityIndex
{
    private readonly EntityKey[] _keys;
    private readonly Dictionary<EntityKey, int> _ids;
    private readonly int[] _order; // ids in the order of their keys

    private EntityIndex(EntityKey[] keys, Dictionary<EntityKey, int> ids, int[] order)
    {
        _keys = keys;
        _ids = ids;
        _order = order;
    }

    public static EntityIndex Empty { get; } = new([], [], []);

    public int Count => _keys.Length;

    /// <summary>Gets the ids in the order of their keys.</summary>
    public ReadOnlySpan<int> InKeyOrder => _order;

    public EntityKey this[int id] => _keys[id];

    /// <summary>Finds an entity.</summary>
    /// <returns>Its id, or −1.</returns>
    public int Find(EntityKey key) => _ids.TryGetValue(key, out int id) ? id : -1;

    /// <summary>Returns the id of the entity at a place in key order.</summary>
    public int IdAt(int place) => _order[place];

    /// <summary>Adds new entities; those that are here keep their ids, the new ones get the next ids in key order.</summary>
    /// <param name="newKeys">Distinct keys that are not here, in any order; sorted in place.</param>
    public EntityIndex Append(EntityKey[] newKeys)
    {
        if (newKeys.Length == 0)
        {
            return this;
        }

        Array.Sort(newKeys);
        EntityKey[] keys = [.. _keys, .. newKeys];
        Dictionary<EntityKey, int> ids = new(_ids);
        ids.EnsureCapacity(keys.Length);
        int[] order = new int[keys.Length];
        for (int i = 0, old = 0, added = 0; i < order.Length; i++)
        {
            bool takeOld = added == newKeys.Length || (old < _order.Length && _keys[_order[old]].CompareTo(newKeys[added]) < 0);
            order[i] = takeOld ? _order[old++] : Count + added++;
        }

        for (int i = Count; i < keys.Length; i++)
        {
            ids.Add(keys[i], i);
        }

        return new EntityIndex(keys, ids, order);
    }
}
