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
    /// <param name="workers">Does the work.</param>
    public static (SourceStore Store, SourceReport Report) Assemble(
        SourceStore? past, SourceIngest read, EntityIndex entities, int[] finalIds, bool[] touched, Workers workers)
    {
        RequireRows(read);
        SpanEvidence span = past is null ? read.Span : past.Span.Join(read.Span);
        SourceStore start = JoinLevels(past, read, span, out (int Count, int[] FinalCodeOf)[] levels);
        int[] starts = Starts(read, finalIds, touched);
        FactArrays sorted = FactSorter.Sort(read.Release(), read.Columns, finalIds, starts, levels, workers);
        FactBlock added = sorted.ToBlock(read.Columns.DelayTicks);
        HashSet<int> foreign = [.. finalIds.Skip(read.Members)];
        EventVersions? versions = read.Columns.HasEventKey ? new EventVersions(start, added, sorted.Retracted, Owners(starts), entities, foreign) : null;
        foreach (int owner in versions?.ChangedOwners ?? [])
        {
            touched[owner] = true;
        }

        SourceStore store = StoreMerger.Append(versions is null ? start : start.WithRetractions(versions.Retractions), added, starts, versions);
        return (store, SourceReporter.Report(past, store, read, versions));
    }

    /// <summary>Checks that there is something to say about the source.</summary>
    /// <exception cref="DataFormatException">It has no rows, and no declared span either.</exception>
    public static void RequireRows(SourceIngest read)
    {
        if (read.RowsTaken > 0 || (read.Shape.HasTime && read.Span.IsKnown))
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

    /// <summary>Returns where the new rows of each entity will start.</summary>
    private static int[] Starts(SourceIngest read, int[] finalIds, bool[] touched)
    {
        int[] starts = new int[finalIds.Length + 1];
        ReadOnlySpan<int> rowsOf = read.RowsOf;
        for (int id = 0; id < Math.Min(rowsOf.Length, finalIds.Length); id++)
        {
            starts[finalIds[id] + 1] = rowsOf[id];
            touched[finalIds[id]] |= rowsOf[id] > 0;
        }

        for (int entity = 0; entity < finalIds.Length; entity++)
        {
            starts[entity + 1] += starts[entity];
        }

        return starts;
    }

    private static int[] Owners(int[] starts)
    {
        int[] owners = new int[starts[^1]];
        for (int entity = 0; entity < starts.Length - 1; entity++)
        {
            owners.AsSpan(starts[entity]..starts[entity + 1]).Fill(entity);
        }

        return owners;
    }

    private static SourceStore JoinLevels(SourceStore? past, SourceIngest read, SpanEvidence span, out (int Count, int[] FinalCodeOf)[] joined)
    {
        FactBlock[] blocks = past?.Blocks ?? [];
        string[]?[] levels = new string[]?[read.Levels.Length];
        joined = new (int, int[])[levels.Length];
        for (int c = 0; c < levels.Length; c++)
        {
            if (read.Levels[c] is not { } interner)
            {
                continue;
            }

            string[] texts = interner.Join(past?.Levels[c] ?? [], out int[]? newCodeOfPast, out int[] newCodeOfRead);
            levels[c] = texts;
            joined[c] = (texts.Length, newCodeOfRead);
            if (newCodeOfPast is not null)
            {
                int column = c;
                blocks = [.. blocks.Select(b => b.WithCodes(column, newCodeOfPast, texts.Length))];
            }
        }

        SourceSchema schema = read.Shape.ToSchema(read.Name, read.Kind);
        schema = read.Shape.HasTime ? schema with { Observed = span.Observed(read.Name) } : schema;
        return new SourceStore(schema, levels, span, read.Shape.HasEventKey, blocks, past?.Segments.ToArray() ?? [], past?.Retractions);
    }
}
