namespace MlSystemDesign.History;

/// <summary>Gives each entity a dense id. Ids are internal and never persisted: they depend on what was appended when; the order of the keys does not.</summary>
internal sealed class EntityIndex
{
    private readonly EntityKey[] _keys;
    private readonly int[] _slots; // a hash table of ids plus one, at most half full
    private readonly int[] _order; // ids in the order of their keys
    private readonly int[] _places; // the place of each id in that order

    private EntityIndex(EntityKey[] keys, int[] order)
    {
        _keys = keys;
        _order = order;
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, 2 * keys.Length))];
        _places = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            _places[order[place]] = place;
        }

        for (int id = 0; id < keys.Length; id++)
        {
            int slot = FirstSlot(keys[id]);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = id + 1;
        }
    }

    public static EntityIndex Empty { get; } = new([], []);

    public int Count => _keys.Length;

    public EntityKey this[int id] => _keys[id];

    /// <summary>Finds an entity.</summary>
    /// <returns>Its id, or −1.</returns>
    public int Find(EntityKey key)
    {
        for (int slot = FirstSlot(key); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_keys[_slots[slot] - 1] == key)
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    /// <summary>Finds many entities. A key that follows the one before it in key order, or equals it, costs two comparisons instead of a look-up.</summary>
    /// <param name="keys">Any keys.</param>
    /// <param name="ids">The id of each, or −1.</param>
    public void FindAll(ReadOnlySpan<EntityKey> keys, Span<int> ids)
    {
        int place = -1; // in key order, of the last entity found
        for (int i = 0; i < keys.Length; i++)
        {
            if (i > 0 && keys[i] == keys[i - 1])
            {
                ids[i] = ids[i - 1];
            }
            else if (place + 1 < _order.Length && keys[i] == _keys[_order[place + 1]])
            {
                ids[i] = _order[++place];
            }
            else
            {
                ids[i] = Find(keys[i]);
                place = ids[i] < 0 ? place : _places[ids[i]];
            }
        }
    }

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

        Sort(newKeys);
        EntityKey[] keys = [.. _keys, .. newKeys];
        int[] order = new int[keys.Length];
        for (int i = 0, old = 0, added = 0; i < order.Length; i++)
        {
            bool takeOld = added == newKeys.Length || (old < _order.Length && _keys[_order[old]].CompareTo(newKeys[added]) < 0);
            order[i] = takeOld ? _order[old++] : Count + added++;
        }

        return new EntityIndex(keys, order);
    }

    /// <summary>Sorts keys; integers, which most are, without a call per comparison.</summary>
    private static void Sort(EntityKey[] keys)
    {
        long[] integers = new long[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (!keys[i].TryGetInteger(out integers[i]))
            {
                Array.Sort(keys);
                return;
            }
        }

        Array.Sort(integers, keys);
    }

    private int FirstSlot(EntityKey key)
    {
        // Multiplying spreads keys that differ in few bits; the upper bits are the best spread.
        ulong hash = (key.TryGetInteger(out long integer) ? (ulong)integer : (uint)key.GetHashCode()) * 0x9E3779B97F4A7C15;
        return (int)(hash >> 33) & (_slots.Length - 1);
    }
}
