using System.Runtime.InteropServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Merges the old and the new facts of an entity, both newest first.</summary>
/// <param name="blocks">The blocks of the past, and as the last one the new rows.</param>
/// <param name="versions">What changes by event keys; <see langword="null"/> without them.</param>
internal sealed class RowMerge(FactBlock[] blocks, EventVersions? versions)
{
    /// <summary>Merges.</summary>
    /// <param name="old">The old facts.</param>
    /// <param name="next">The first new row.</param>
    /// <param name="end">The new row after the last one.</param>
    /// <param name="rows">Gets the rows that are facts, in order.</param>
    public void Merge(Segment old, int next, int end, List<RowRef> rows)
    {
        int first = rows.Count, newBlock = blocks.Length - 1;
        for (int i = old.Start; i < old.Start + old.Count; i++)
        {
            while (next < end && FactOrder.Compare(blocks[newBlock], next, blocks[old.Block], i) < 0)
            {
                Add(new RowRef(newBlock, next++), rows);
            }

            Add(new RowRef(old.Block, i), rows);
        }

        while (next < end)
        {
            Add(new RowRef(newBlock, next++), rows);
        }

        if (versions is not null)
        {
            OrderTies(CollectionsMarshal.AsSpan(rows)[first..]);
        }
    }

    private void Add(RowRef row, List<RowRef> rows)
    {
        if (versions is null || !versions.LeftOut.Contains(row))
        {
            rows.Add(row);
        }
    }

    /// <summary>Rows that differ only in the time from which they are superseded stand in its order, so that no bit depends on which came first.</summary>
    private void OrderTies(Span<RowRef> rows)
    {
        for (int start = 0; start < rows.Length;)
        {
            int end = start + 1;
            while (end < rows.Length && FactOrder.Compare(blocks[rows[start].Block], rows[start].Row, blocks[rows[end].Block], rows[end].Row) == 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                rows[start..end].Sort((a, b) => SupersededAt(b).CompareTo(SupersededAt(a)));
            }

            start = end;
        }
    }

    private long SupersededAt(RowRef row) => versions!.Superseded.TryGetValue(row, out long superseded) ? superseded : blocks[row.Block].SupersededAt(row.Row);
}
