using System.Runtime.InteropServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Puts new facts into a source: only the entities that they belong to are written anew, everything else is shared with the past.</summary>
internal static class StoreMerger
{
    /// <summary>Adds facts to those that are there.</summary>
    /// <param name="past">The source so far, with the same levels as <paramref name="added"/>.</param>
    /// <param name="added">New rows in any order.</param>
    /// <param name="entityOf">The entity of each new row; −1 leaves it out.</param>
    /// <param name="entityCount">The number of entities, new ones included.</param>
    /// <param name="removed">Rows of the past that a correction replaces, with their entities.</param>
    public static SourceStore Append(
        SourceStore past, FactBlock added, ReadOnlySpan<int> entityOf, int entityCount, IReadOnlyDictionary<RowRef, int> removed)
    {
        int[] sorted = FactSorter.Sort(added, entityOf, entityCount, out int[] starts);
        HashSet<int> shortened = [.. removed.Values];
        FactBlock[] blocks = [.. past.Blocks, added];
        return Rewrite(past, blocks, entityCount, (entity, rows) =>
        {
            int next = starts[entity], end = starts[entity + 1];
            if (next == end && !shortened.Contains(entity))
            {
                return false;
            }

            Segment old = past[entity];
            for (int i = old.Start; i < old.Start + old.Count; i++)
            {
                RowRef row = new(old.Block, i);
                if (removed.ContainsKey(row))
                {
                    continue;
                }

                while (next < end && FactOrder.Compare(added, sorted[next], blocks[old.Block], i) < 0)
                {
                    rows.Add(new RowRef(blocks.Length - 1, sorted[next++]));
                }

                rows.Add(row);
            }

            while (next < end)
            {
                rows.Add(new RowRef(blocks.Length - 1, sorted[next++]));
            }

            return true;
        });
    }

    /// <summary>Gives some entities other facts.</summary>
    /// <param name="past">The source so far.</param>
    /// <param name="facts">Their complete facts in any order.</param>
    /// <param name="entityOf">The entity of each row.</param>
    /// <param name="entityCount">The number of entities, new ones included.</param>
    /// <param name="replaced">The entities; one without a row loses its facts.</param>
    public static SourceStore Replace(SourceStore past, FactBlock facts, ReadOnlySpan<int> entityOf, int entityCount, HashSet<int> replaced)
    {
        int[] sorted = FactSorter.Sort(facts, entityOf, entityCount, out int[] starts);
        FactBlock[] blocks = [.. past.Blocks, facts];
        return Rewrite(past, blocks, entityCount, (entity, rows) =>
        {
            for (int i = starts[entity]; i < starts[entity + 1]; i++)
            {
                rows.Add(new RowRef(blocks.Length - 1, sorted[i]));
            }

            return replaced.Contains(entity);
        });
    }

    /// <summary>Writes the entities anew for which <paramref name="rewrite"/> lists rows; the others keep their place.</summary>
    private static SourceStore Rewrite(SourceStore past, FactBlock[] blocks, int entityCount, Func<int, List<RowRef>, bool> rewrite)
    {
        List<RowRef> rows = new(blocks[^1].Count);
        Segment[] segments = new Segment[entityCount];
        past.Segments.CopyTo(segments);
        for (int entity = 0; entity < entityCount; entity++)
        {
            int start = rows.Count;
            if (rewrite(entity, rows))
            {
                segments[entity] = rows.Count == start ? default : new Segment(past.Blocks.Length, start, rows.Count - start);
            }
        }

        FactBlock written = FactBlock.Gather(blocks, CollectionsMarshal.AsSpan(rows));
        return Compacted(past.With([.. past.Blocks, written], segments));
    }

    /// <summary>Rewrites everything into one block once more than half of the rows belong to nobody any more, so that many appends cost no more than twice the memory.</summary>
    private static SourceStore Compacted(SourceStore store)
    {
        long held = store.Blocks.Sum(b => (long)b.Count), live = 0;
        foreach (Segment segment in store.Segments)
        {
            live += segment.Count;
        }

        if (store.Blocks.Length == 1 || held <= 2 * live)
        {
            return store;
        }

        List<RowRef> rows = new((int)live);
        Segment[] segments = store.Segments.ToArray();
        foreach (ref Segment segment in segments.AsSpan())
        {
            int start = rows.Count;
            for (int i = 0; i < segment.Count; i++)
            {
                rows.Add(new RowRef(segment.Block, segment.Start + i));
            }

            segment = segment.Count == 0 ? default : new Segment(0, start, segment.Count);
        }

        FactBlock all = FactBlock.Gather(store.Blocks, CollectionsMarshal.AsSpan(rows));
        return store.With([all], segments);
    }
}
