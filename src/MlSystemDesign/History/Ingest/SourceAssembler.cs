using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Makes a source out of what was there and what was read.</summary>
internal static class SourceAssembler
{
    /// <summary>Assembles.</summary>
    /// <param name="past">The source so far, or <see langword="null"/>.</param>
    /// <param name="read">The rows that were read.</param>
    /// <param name="entities">The entities.</param>
    /// <param name="finalIds">The final id of each provisional entity id.</param>
    /// <param name="touched">Gets the entities whose facts changed.</param>
    public static (SourceStore Store, SourceReport Report) Assemble(SourceStore? past, SourceIngest read, EntityIndex entities, int[] finalIds, HashSet<int> touched)
    {
        RequireRows(read);
        SpanEvidence span = past is null ? read.Span : past.Span.Join(read.Span);
        int[] entityOf = new int[read.Buffer.Count];
        for (int i = 0; i < entityOf.Length; i++)
        {
            entityOf[i] = finalIds[read.Buffer.Entities[i]];
            touched.Add(entityOf[i]);
        }

        FactBlock added = read.Buffer.ToBlock();
        SourceStore start = JoinLevels(past, read, added, span);
        Dictionary<RowRef, int> removed = [];
        long replaced = read.Shape.HasEventKey ? Corrections.Apply(start, added, entityOf, entities, removed) : 0;
        touched.UnionWith(removed.Values);
        SourceStore store = StoreMerger.Append(start, added, entityOf, finalIds.Length, removed);
        return (store, Report(past, store, read, kept: entityOf.Count(e => e >= 0), replaced));
    }

    private static void RequireRows(SourceIngest read)
    {
        if (read.Buffer.Count > 0 || (read.Shape.HasTime && read.Span.IsKnown))
        {
            return;
        }

        string came = read.RowsRead == 0
            ? "none"
            : $"{read.RowsRead}, all of them bad (the first: {read.Skipped[0].Reason}, {read.Skipped[0].Example})";
        throw new DataFormatException(
            $"A source must have rows, or declare the span in which nothing happened. Got {came} for source '{read.Name}'. " +
            "Check the file or query and the mapping, or state ObservedFrom and ObservedUntil.");
    }

    private static SourceStore JoinLevels(SourceStore? past, SourceIngest read, FactBlock added, SpanEvidence span)
    {
        FactBlock[] blocks = past?.Blocks ?? [];
        string[]?[] levels = new string[]?[read.Levels.Length];
        for (int c = 0; c < levels.Length; c++)
        {
            if (read.Levels[c] is not { } interner)
            {
                continue;
            }

            levels[c] = interner.Join(past?.Levels[c] ?? [], out int[]? newCodeOfPast, out int[] newCodeOfRead);
            FactBlock.Translate(added.Codes[c].AsSpan(0, added.Count), newCodeOfRead);
            if (newCodeOfPast is not null)
            {
                int column = c;
                blocks = [.. blocks.Select(b => b.WithCodes(column, newCodeOfPast))];
            }
        }

        SourceSchema schema = read.Shape.ToSchema(read.Name, read.Kind);
        schema = read.Shape.HasTime ? schema with { Observed = span.Observed(read.Name) } : schema;
        return new SourceStore(schema, levels, span, read.Shape.HasEventKey, blocks, past?.Segments.ToArray() ?? []);
    }

    private static SourceReport Report(SourceStore? past, SourceStore store, SourceIngest read, long kept, long replaced)
    {
        TimeWindow observed = store.Schema.Observed;
        long outside = 0, duplicates = 0;
        int entities = 0;
        for (int id = 0; id < store.Segments.Length; id++)
        {
            Segment now = store[id], before = past?[id] ?? default;
            entities += now.Count > 0 ? 1 : 0;
            if (past is null || !ReferenceEquals(store.Blocks[now.Block], past.Blocks.ElementAtOrDefault(before.Block)) || now != before)
            {
                duplicates += Duplicates(store, now) - (past is null ? 0 : Duplicates(past, before));
                outside += Outside(store, now, observed) - (past is null ? 0 : Outside(past, before, observed));
            }
        }

        return new SourceReport
        {
            Source = read.Name,
            RowsRead = read.RowsRead,
            RowsKept = kept,
            Skipped = read.Skipped,
            RowsReplaced = replaced,
            ExactDuplicates = duplicates,
            Entities = entities,
            Observed = observed,
            ObservedBasis = read.Shape.HasTime ? store.Span.Describe() : "always (undated)",
            OutsideObserved = outside,
            LateShare = read.Buffer.Count == 0 ? 0 : (double)read.LateRows / read.Buffer.Count,
            TimeZone = !read.Shape.HasTime ? "no times" : read.Shape.Zone is { } zone ? $"times without a zone read in {zone.Id}" : "times without a zone read as UTC",
        };
    }

    private static long Duplicates(SourceStore store, Segment segment)
    {
        long count = 0;
        for (int i = segment.Start + 1; i < segment.Start + segment.Count; i++)
        {
            FactBlock block = store.Blocks[segment.Block];
            count += FactOrder.Compare(block, i - 1, block, i) == 0 ? 1 : 0;
        }

        return count;
    }

    private static long Outside(SourceStore store, Segment segment, TimeWindow observed)
    {
        long count = 0;
        for (int i = segment.Start; i < segment.Start + segment.Count; i++)
        {
            long ticks = store.Blocks[segment.Block].EventTicks[i];
            count += ticks < observed.Start.UtcTicks || ticks >= observed.End.UtcTicks ? 1 : 0;
        }

        return count;
    }
}
