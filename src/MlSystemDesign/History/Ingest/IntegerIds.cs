using System.Runtime.CompilerServices;

namespace MlSystemDesign.History;

/// <summary>Maps integers to ids: by a plain array while they lie close together, which they mostly do, and by a hash table otherwise.</summary>
internal sealed class IntegerIds
{
    private const long LargestArray = 1 << 20;
    private const long PlacesPerKey = 16;
    private int[] _direct = []; // the id plus one of _low + place
    private long _low;
    private Slot[]? _slots; // at most half full, once the keys lie too far apart
    private int _count;

    /// <summary>Finds an id.</summary>
    /// <returns>The id, or −1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(long key)
    {
        ulong place = (ulong)(key - _low);
        return place < (ulong)_direct.Length ? _direct[place] - 1 : FindApart(key);
    }

    /// <summary>Adds a key that is not here.</summary>
    public void Add(long key, int id)
    {
        _count++;
        if (_slots is null && TryCover(key))
        {
            _direct[key - _low] = id + 1;
            return;
        }

        Slot[] slots = _slots ?? MoveToSlots();
        if (2L * _count > slots.Length)
        {
            Slot[] larger = new Slot[2 * slots.Length];
            foreach (Slot slot in slots)
            {
                if (slot.IdPlusOne != 0)
                {
                    Put(larger, slot);
                }
            }

            slots = larger;
        }

        Put(slots, new Slot(key, id + 1));
        _slots = slots;
    }

    private static void Put(Slot[] slots, Slot slot)
    {
        int place = PlaceOf(slots, slot.Key);
        while (slots[place].IdPlusOne != 0)
        {
            place = (place + 1) & (slots.Length - 1);
        }

        slots[place] = slot;
    }

    private static int PlaceOf(Slot[] slots, long key) => (int)(((ulong)key * 0x9E3779B97F4A7C15) >> 33) & (slots.Length - 1);

    private int FindApart(long key)
    {
        if (_slots is null)
        {
            return -1;
        }

        for (int place = PlaceOf(_slots, key); _slots[place].IdPlusOne != 0; place = (place + 1) & (_slots.Length - 1))
        {
            if (_slots[place].Key == key)
            {
                return _slots[place].IdPlusOne - 1;
            }
        }

        return -1;
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

    private Slot[] MoveToSlots()
    {
        Slot[] slots = new Slot[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1024, 4 * _count))];
        for (int place = 0; place < _direct.Length; place++)
        {
            if (_direct[place] != 0)
            {
                Put(slots, new Slot(_low + place, _direct[place]));
            }
        }

        _direct = [];
        return slots;
    }

    private readonly record struct Slot(long Key, int IdPlusOne);
}
