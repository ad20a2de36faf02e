namespace MlSystemDesign.History;

/// <summary>Codes of a category as they came, in one byte (255 is missing) or four (negative is missing), and what they mean.</summary>
/// <param name="Small">The codes, if they take a byte.</param>
/// <param name="Wide">The codes, if they take four.</param>
/// <param name="LevelOf">The source's provisional code of each code, −1 for missing; <see langword="null"/> when they are the same.</param>
internal sealed record CodeBatch(ReadOnlyMemory<byte> Small, ReadOnlyMemory<int> Wide, int[]? LevelOf)
{
    /// <summary>Returns what is stored for each code: the final code plus one, 0 for missing.</summary>
    /// <param name="finalCodeOf">The final code of each provisional code.</param>
    public int[] StoredOf(int[] finalCodeOf)
    {
        int known = LevelOf?.Length ?? finalCodeOf.Length;
        int[] stored = new int[Wide.IsEmpty ? byte.MaxValue + 1 : known];
        for (int code = 0; code < Math.Min(known, stored.Length); code++)
        {
            int level = LevelOf is null ? code : LevelOf[code];
            stored[code] = level < 0 ? 0 : finalCodeOf[level] + 1;
        }

        if (Wide.IsEmpty)
        {
            stored[byte.MaxValue] = 0;
        }

        return stored;
    }
}
