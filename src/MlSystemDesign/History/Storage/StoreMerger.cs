using System.Runtime.InteropServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Puts new facts into a source: only the entities that they belong to are written anew, everything else is shared with the past.</summary>
internal static class StoreMerger
{
    /// <summary>Adds facts to those that are there, in time linear in the facts of the entities that change.</summary>
    /// <param name="past">The source so far, with the same levels as <paramref name="added"/>.</param>
    /// <param name="added">New rows, sorted by entity and newest first.</param>
    /// <param name="starts">Where the new rows of each entity start.</param>
    /// <param name="versions">What the new rows do to those with the same event key, and these to them; <see langword="null"/> without event keys.</param>
    public static SourceStore Append(SourceStore past, FactBlock added, int[] starts, EventVersions? versions)
    {
        bool changesNothing = versions is null or { Superseded.Count: 0, LeftOut.Count: 0 };
        if (past.Blocks.Length == 0 && changesNothing)
        {
            return past.With([added], SegmentsOf(starts));
        }

        FactBlock[] blocks = [.. past.Blocks, added];
        RowMerge merge = new(blocks, versions);
        return Rewrite(past, blocks, starts.Length - 1, versions?.Superseded, (entity, rows) =>
        {
            if (starts[entity] == starts[entity + 1] && versions?.ChangedOwners.Contains(entity) != true)
            {
                return false;
            }

            merge.Merge(past[entity], starts[entity], starts[entity + 1], rows);
            return true;
        });
    }

    /// <summary>Gives some entities other facts.</summary>
    /// <param name="past">The source so far.</param>
    /// <param name="facts">Their complete facts, sorted by entity and newest first.</param>
    /// <param name="starts">Where the rows of each entity start.</param>
    /// <param name="replaced">The entities; one without a row loses its facts.</param>
    public static SourceStore Replace(SourceStore past, FactBlock facts, int[] starts, HashSet<int> replaced)
    {
        FactBlock[] blocks = [.. past.Blocks, facts];
        Segment[] segments = new Segment[starts.Length - 1];
        past.Segments.CopyTo(segments);
        foreach (int entity in replaced)
        {
            int count = starts[entity + 1] - starts[entity];
            segments[entity] = count == 0 ? default : new Segment(past.Blocks.Length, starts[entity], count);
        }

        return Compacted(past.With(blocks, segments));
    }

    private static Segment[] SegmentsOf(int[] starts)
    {
        Segment[] segments = new Segment[starts.Length - 1];
        for (int entity = 0; entity < segments.Length; entity++)
        {
            int count = starts[entity + 1] - starts[entity];
            segments[entity] = count == 0 ? default : new Segment(0, starts[entity], count);
        }

        return segments;
    }

    /// <summary>Writes the entities anew for which <paramref name="rewrite"/> lists rows; the others keep their place.</summary>
    private static SourceStore Rewrite(
        SourceStore past, FactBlock[] blocks, int entityCount, Dictionary<RowRef, long>? superseded, Func<int, List<RowRef>, bool> rewrite)
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

        FactBlock written = FactGatherer.Gather(blocks, CollectionsMarshal.AsSpan(rows), superseded);
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

        FactBlock all = FactGatherer.Gather(store.Blocks, CollectionsMarshal.AsSpan(rows));
        return store.With([all], segments);
    }
}
