using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Accounts for the rows of a source.</summary>
internal static class SourceReporter
{
    /// <summary>Reports.</summary>
    /// <param name="past">The source before.</param>
    /// <param name="store">The source after.</param>
    /// <param name="read">What was read.</param>
    /// <param name="versions">What became of versions of one event.</param>
    public static SourceReport Report(SourceStore? past, SourceStore store, SourceIngest read, EventVersions? versions)
    {
        TimeWindow observed = store.Schema.Observed;
        bool allInside = store.Span.First >= observed.Start.UtcTicks && store.Span.Last < observed.End.UtcTicks;
        long outside = 0, duplicates = 0;
        int entities = 0;
        for (int id = 0; id < store.Segments.Length; id++)
        {
            Segment now = store[id], before = past?[id] ?? default;
            entities += now.Count > 0 ? 1 : 0;
            if (past is null || !ReferenceEquals(store.Blocks[now.Block], past.Blocks.ElementAtOrDefault(before.Block)) || now != before)
            {
                duplicates += Duplicates(store, now) - (past is null ? 0 : Duplicates(past, before));
                outside += allInside ? 0 : Outside(store, now, observed) - (past is null ? 0 : Outside(past, before, observed));
            }
        }

        int newBlock = past?.Blocks.Length ?? 0;
        return new SourceReport
        {
            Source = read.Name,
            RowsRead = read.RowsRead,
            RowsKept = read.RowsTaken - (versions?.LeftOut.Count(row => row.Block == newBlock) ?? 0),
            Skipped = read.Skipped,
            RowsReplaced = versions?.Replaced ?? 0,
            RowsRevised = versions?.Revised ?? 0,
            RowsRetracted = read.RowsRetracted,
            ExactDuplicates = duplicates,
            Entities = entities,
            Observed = observed,
            ObservedBasis = read.Shape.HasTime ? store.Span.Describe() : "always (undated)",
            OutsideObserved = outside,
            LateShare = read.RowsTaken == 0 ? 0 : (double)read.LateRows / read.RowsTaken,
            TimeZone = !read.Shape.HasTime ? "no times" : read.Shape.Zone is { } zone ? $"times without a zone read in {zone.Id}" : "times without a zone read as UTC",
            ResidentBytes = store.ResidentBytes,
        };
    }

    private static long Duplicates(SourceStore store, Segment segment)
    {
        if (segment.Count < 2)
        {
            return 0;
        }

        FactBlock block = store.Blocks[segment.Block];
        ReadOnlySpan<long> events = block.EventTicks.AsSpan(segment.Start, segment.Count);
        long count = 0;
        for (int i = 1; i < events.Length; i++)
        {
            if (events[i] == events[i - 1] && FactOrder.CompareTies(block, segment.Start + i - 1, block, segment.Start + i) == 0)
            {
                count++;
            }
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
