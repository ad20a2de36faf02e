namespace MlSystemDesign.Facts;

/// <summary>Finds the rows of an event key: a hash table of chains of rows, 12 bytes per row.</summary>
internal sealed class EventKeyIndex
{
    private readonly EntityKey[] _keys;
    private readonly int[] _heads; // the first row of a chain, plus one
    private readonly int[] _next; // the next row of the chain, plus one

    /// <summary>Indexes keys; the default key is left out.</summary>
    public EventKeyIndex(EntityKey[] keys)
    {
        _keys = keys;
        _heads = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(keys.Length, 1))];
        _next = new int[keys.Length];
        for (int row = keys.Length - 1; row >= 0; row--)
        {
            if (keys[row] != default)
            {
                ref int head = ref _heads[ChainOf(keys[row])];
                _next[row] = head;
                head = row + 1;
            }
        }
    }

    /// <summary>Gets the number of chains. Rows of one key are in one chain, which may hold other keys, too.</summary>
    public int Chains => _heads.Length;

    /// <summary>Lists the rows of a chain.</summary>
    public void AddRowsOfChain(int chain, List<int> rows)
    {
        for (int row = _heads[chain]; row != 0; row = _next[row - 1])
        {
            rows.Add(row - 1);
        }
    }

    /// <summary>Lists the rows of a key.</summary>
    public void AddRowsOf(EntityKey key, List<int> rows)
    {
        for (int row = _heads[ChainOf(key)]; row != 0; row = _next[row - 1])
        {
            if (_keys[row - 1] == key)
            {
                rows.Add(row - 1);
            }
        }
    }

    private int ChainOf(EntityKey key) => (int)((uint)key.GetHashCode() * 2654435769u >> 7) & (_heads.Length - 1);
}
