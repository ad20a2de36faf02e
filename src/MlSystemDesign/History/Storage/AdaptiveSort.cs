using System.Runtime.CompilerServices;

namespace MlSystemDesign.History;

/// <summary>Sorts keys, greatest first, together with the rows that they belong to. Linear for input that is in order, in reverse order, or nearly so; O(n log n) for any.</summary>
internal static class AdaptiveSort
{
    private const int MovesPerKey = 8;

    /// <summary>Sorts.</summary>
    /// <param name="keys">n keys.</param>
    /// <param name="rows">n rows.</param>
    /// <returns>Whether some keys are equal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Descending(Span<long> keys, Span<int> rows)
    {
        int rises = 0;
        bool ties = false;
        for (int i = 1; i < keys.Length; i++)
        {
            rises += keys[i] > keys[i - 1] ? 1 : 0;
            ties |= keys[i] == keys[i - 1];
        }

        if (rises == 0)
        {
            return ties;
        }

        if (rises == keys.Length - 1)
        {
            keys.Reverse();
            rows.Reverse();
            return false;
        }

        if (!TryInsert(keys, rows))
        {
            SortAny(keys, rows);
        }

        return HasTies(keys);
    }

    /// <summary>Moves keys to their place one by one, and gives up when too many stand far from it; the keys then stand in some other order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryInsert(Span<long> keys, Span<int> rows)
    {
        long moves = (long)MovesPerKey * keys.Length;
        for (int i = 1; i < keys.Length; i++)
        {
            long key = keys[i];
            if (key <= keys[i - 1])
            {
                continue;
            }

            int row = rows[i], place = i;
            do
            {
                keys[place] = keys[place - 1];
                rows[place] = rows[place - 1];
                place--;
            }
            while (place > 0 && keys[place - 1] < key);

            keys[place] = key;
            rows[place] = row;
            moves -= i - place;
            if (moves < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void SortAny(Span<long> keys, Span<int> rows)
    {
        // The complement turns ascending into descending without a comparer.
        Complement(keys);
        keys.Sort(rows);
        Complement(keys);
    }

    private static void Complement(Span<long> keys)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ~keys[i];
        }
    }

    private static bool HasTies(ReadOnlySpan<long> keys)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            if (keys[i] == keys[i - 1])
            {
                return true;
            }
        }

        return false;
    }
}
