namespace MlSystemDesign.History;

/// <summary>A share of the entities, chosen by a hash of their keys that is the same in every process.</summary>
/// <param name="Index">Which, from 0.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct EntityPartition(int Index, int Count)
{
    /// <summary>Returns the partition of an entity.</summary>
    public static int Of(EntityKey key, int count) => (int)(HashOf(key) % (uint)count);

    /// <summary>Returns a hash of a key that is the same in every process.</summary>
    public static ulong HashOf(EntityKey key)
    {
        ulong hash = key.TryGetInteger(out long integer) ? (ulong)integer : HashOf(key.ToCanonicalString());

        // The finalizer of SplitMix64: neighbouring integers go to any partition.
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }

    public bool Has(EntityKey key) => Of(key, Count) == Index;

    // FNV-1a: the hash of a string differs from process to process.
    private static ulong HashOf(string text)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return hash;
    }
}
