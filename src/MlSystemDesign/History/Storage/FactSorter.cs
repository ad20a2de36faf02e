using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Orders rows by entity, and within an entity newest first.</summary>
internal static class FactSorter
{
    /// <summary>Sorts.</summary>
    /// <param name="block">Rows in any order.</param>
    /// <param name="entityOf">The entity of each row; −1 leaves the row out.</param>
    /// <param name="entityCount">The number of entities.</param>
    /// <param name="starts">Where the rows of each entity start in the result; entityCount + 1 places.</param>
    /// <returns>Row numbers of the block.</returns>
    public static int[] Sort(FactBlock block, ReadOnlySpan<int> entityOf, int entityCount, out int[] starts)
    {
        int[] rows = BucketByEntity(entityOf, entityCount, out starts);
        long[] ticks = new long[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            // The complement orders newest first without a comparer.
            ticks[i] = ~block.EventTicks[rows[i]];
        }

        for (int e = 0; e < entityCount; e++)
        {
            int start = starts[e], count = starts[e + 1] - start;
            if (count > 1)
            {
                Array.Sort(ticks, rows, start, count);
                SortTies(block, ticks.AsSpan(start, count), rows.AsSpan(start, count));
            }
        }

        return rows;
    }

    private static int[] BucketByEntity(ReadOnlySpan<int> entityOf, int entityCount, out int[] starts)
    {
        starts = new int[entityCount + 1];
        foreach (int entity in entityOf)
        {
            if (entity >= 0)
            {
                starts[entity + 1]++;
            }
        }

        for (int e = 0; e < entityCount; e++)
        {
            starts[e + 1] += starts[e];
        }

        int[] rows = new int[starts[entityCount]];
        int[] next = starts[..entityCount];
        for (int row = 0; row < entityOf.Length; row++)
        {
            if (entityOf[row] >= 0)
            {
                rows[next[entityOf[row]]++] = row;
            }
        }

        return rows;
    }

    private static void SortTies(FactBlock block, ReadOnlySpan<long> ticks, Span<int> rows)
    {
        for (int start = 0; start < ticks.Length;)
        {
            int end = start + 1;
            while (end < ticks.Length && ticks[end] == ticks[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                rows[start..end].Sort((i, j) => FactOrder.CompareTies(block, i, block, j));
            }

            start = end;
        }
    }
}
