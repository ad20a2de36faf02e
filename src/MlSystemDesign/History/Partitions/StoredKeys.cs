using System.Runtime.InteropServices;

namespace MlSystemDesign.History;

/// <summary>Keys in a file: 8 bytes each when all are integers, otherwise their canonical texts, as they are in memory, since a key may hold half a surrogate pair.</summary>
internal static class StoredKeys
{
    public static void Write(Stream file, ReadOnlySpan<EntityKey> keys)
    {
        long[] integers = new long[keys.Length];
        bool areIntegers = true;
        for (int i = 0; i < keys.Length && areIntegers; i++)
        {
            areIntegers = keys[i].TryGetInteger(out integers[i]);
        }

        file.WriteByte(areIntegers ? (byte)1 : (byte)0);
        if (areIntegers)
        {
            file.Write(MemoryMarshal.AsBytes<long>(integers));
            return;
        }

        foreach (EntityKey key in keys)
        {
            string text = key.ToCanonicalString();
            int length = text.Length;
            file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
            file.Write(MemoryMarshal.AsBytes(text.AsSpan()));
        }
    }

    public static EntityKey[] Read(Stream file, int count)
    {
        if (file.ReadByte() == 1)
        {
            long[] integers = new long[count];
            file.ReadExactly(MemoryMarshal.AsBytes(integers.AsSpan()));
            return Array.ConvertAll(integers, integer => new EntityKey(integer));
        }

        EntityKey[] keys = new EntityKey[count];
        char[] room = [];
        for (int i = 0; i < keys.Length; i++)
        {
            int length = 0;
            file.ReadExactly(MemoryMarshal.AsBytes(new Span<int>(ref length)));
            room = room.Length < length ? new char[2 * length] : room;
            file.ReadExactly(MemoryMarshal.AsBytes(room.AsSpan(0, length)));
            keys[i] = EntityKey.Parse(new string(room, 0, length));
        }

        return keys;
    }
}
