using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlSystemDesign.History;

/// <summary>Maps integers to ids: by a plain array while they lie close together, which they mostly do, and by a hash table otherwise.</summary>
internal sealed class IntegerIds
{
    private const long LargestArray = 1 << 20;
    private const long PlacesPerKey = 16;
    private const int SmallestTable = 1024;
    private int[] _direct = []; // the id plus one of _low + place
    private long _low;
    private int[]? _slots; // ids plus one, at most half full, once the keys lie too far apart: small, so that it stays in the cache
    private int _shift; // leaves of a product the bits that are a slot
    private long[] _keys = []; // by id
    private int _count;

    /// <summary>Finds an id.</summary>
    /// <returns>The id, or −1.</returns>
    public int Find(long key)
    {
        int id = 0;
        return FindAll(new ReadOnlySpan<long>(in key), new Span<int>(ref id)) == 1 ? id : -1;
    }

    /// <summary>Finds ids up to the first key that has none.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="ids">The id of each; a place that is negative already is left as it is, whatever its key.</param>
    /// <returns>How many were looked at: the place of the key that has none, or the number of keys.</returns>
    public int FindAll(ReadOnlySpan<long> keys, Span<int> ids) => _slots is null ? FindClose(keys, ids) : FindApart(keys, ids);

    /// <summary>Adds a key that is not here.</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">Its id; ids are dense, in any order.</param>
    public void Add(long key, int id)
    {
        if (id >= _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(id + 1, 2 * _keys.Length));
        }

        _keys[id] = key;
        _count++;
        if (_slots is null && TryCover(key))
        {
            _direct[key - _low] = id + 1;
            return;
        }

        if (_slots is null || 2L * _count > _slots.Length)
        {
            Rehash();
        }

        Put(id + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindClose(ReadOnlySpan<long> keys, Span<int> ids)
    {
        int[] direct = _direct;
        long low = _low;
        for (int i = 0; i < ids.Length; i++)
        {
            ulong place = (ulong)(keys[i] - low);
            int id = place < (ulong)direct.Length ? direct[place] - 1 : -1;
            if ((id | ids[i]) >= 0)
            {
                ids[i] = id;
            }
            else if (ids[i] >= 0)
            {
                return i;
            }
        }

        return ids.Length;
    }

    // Nothing between two keys depends on the one before, so that the processor waits for several at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindApart(ReadOnlySpan<long> keys, Span<int> ids)
    {
        int[] slots = _slots!;
        long[] keyOf = _keys;
        int shift = _shift;
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] < 0)
            {
                continue;
            }

            long key = keys[i];
            int slot = SlotOf(key, shift), id = slots[slot] - 1;
            while (id >= 0 && keyOf[id] != key)
            {
                slot = (slot + 1) & (slots.Length - 1);
                id = slots[slot] - 1;
            }

            if (id < 0)
            {
                return i;
            }

            ids[i] = id;
        }

        return ids.Length;
    }

    // Of the product the highest bits depend on every bit of the key, and keys in equal steps are spread evenly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(long key, int shift) => (int)(((ulong)key * 0x9E3779B97F4A7C15) >> shift);

    private void Put(int idPlusOne)
    {
        int[] slots = _slots!;
        int slot = SlotOf(_keys[idPlusOne - 1], _shift);
        while (slots[slot] != 0)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        slots[slot] = idPlusOne;
    }

    private void Rehash()
    {
        int[] present = _slots ?? _direct;
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(SmallestTable, 4L * _count))];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
        _direct = [];
        foreach (int idPlusOne in present)
        {
            if (idPlusOne != 0)
            {
                Put(idPlusOne);
            }
        }
    }

    /// <summary>Lets the array reach to a key, with as much room again on that side; does not when that would take too much memory.</summary>
    private bool TryCover(long key)
    {
        Int128 low = _direct.Length == 0 ? key : _low, high = _direct.Length == 0 ? key : (Int128)_low + _direct.Length - 1;
        if (_direct.Length != 0 && key >= low && key <= high)
        {
            return true;
        }

        Int128 length = Int128.Max(high, key) - Int128.Min(low, key) + 1;
        if (length > Math.Max(LargestArray, PlacesPerKey * _count))
        {
            return false;
        }

        Int128 room = Int128.Max(length, 256);
        low = key < low ? Int128.Max(key - room, long.MinValue) : low;
        high = key > high || _direct.Length == 0 ? Int128.Min(key + room, long.MaxValue) : high;
        int[] wider = new int[(int)(high - low + 1)];
        _direct.CopyTo(wider, (int)((_direct.Length == 0 ? low : _low) - low));
        (_direct, _low) = (wider, (long)low);
        return true;
    }
}
