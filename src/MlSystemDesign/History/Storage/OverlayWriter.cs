using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Turns fact tables from outside into rows of a source.</summary>
internal static class OverlayWriter
{
    /// <summary>Replaces the facts of some entities in one source.</summary>
    public static SourceStore Replace(SourceStore store, EntityIndex index, IReadOnlyCollection<EntityFacts> replacements)
    {
        SourceColumns form = new(store.Schema.Columns)
        {
            HasKnownTime = store.Schema.HasKnownTime,
            HasSuperseded = replacements.Any(r => r.Sources.Any(t => !t.SupersededTicks.IsEmpty)),
            HasSequence = store.Schema.HasSequence,
            HasEventKey = store.HasEventKey,
            DelayTicks = store.Schema.KnownAfter.Ticks,
        };
        SourceBuffer buffer = new(form);
        HashSet<int> replaced = [];
        int[] starts = new int[index.Count + 1];
        foreach (EntityFacts facts in replacements)
        {
            int entity = index.Find(facts.Entity);
            replaced.Add(entity);
            FactTable table = TableFor(store, facts);
            int[]?[] codeOf = [.. store.Levels.Select((levels, c) => levels is null ? null : Translation(store, c, levels, table.Levels[c]))];
            starts[entity + 1] = table.Count;
            for (int i = 0; i < table.Count; i++)
            {
                RequireSameDelay(store, facts, table, i);

                // Where a sequenced source got facts without numbers, their own order stands in: the newest has the greatest.
                long sequence = table.Sequence.IsEmpty ? table.Count - i : table.Sequence.Span[i];
                buffer.Begin(entity, new RowClocks(table.EventTicks.Span[i], table.KnownTickAt(i), sequence, table.SupersededTickAt(i)));
                for (int c = 0; c < codeOf.Length; c++)
                {
                    if (codeOf[c] is { } translation)
                    {
                        int code = table.Codes(c)[i];
                        buffer.AddCode(c, code < 0 ? -1 : translation[code]);
                    }
                    else
                    {
                        buffer.AddNumber(c, table.Numbers(c)[i]);
                    }
                }
            }
        }

        for (int entity = 0; entity < index.Count; entity++)
        {
            starts[entity + 1] += starts[entity];
        }

        int[] sameIds = [.. Enumerable.Range(0, index.Count)];
        (int Count, int[] FinalCodeOf)[] sameCodes = [.. store.Levels.Select(l => l is null ? (0, []) : (l.Length, Enumerable.Range(0, l.Length).ToArray()))];
        FactBlock block = FactSorter.Sort(buffer.Release(), form, sameIds, starts, sameCodes, Workers.One).ToBlock(form.DelayTicks);
        return StoreMerger.Replace(store, block, starts, replaced);
    }

    private static void RequireSameDelay(SourceStore store, EntityFacts facts, FactTable table, int fact)
    {
        TimeSpan delay = table.KnownTime(fact) - table.EventTime(fact);
        if (!store.Schema.HasKnownTime && delay != store.Schema.KnownAfter && table.KnownTickAt(fact) != DateTimeOffset.MaxValue.Ticks)
        {
            throw new ArgumentException(
                $"Facts of source '{store.Schema.Name}' must be known {store.Schema.KnownAfter} after they happened, as the source declares. Got {delay} for entity '{facts.Entity}'. Leave the known times out.");
        }
    }

    private static FactTable TableFor(SourceStore store, EntityFacts facts)
    {
        FactTable table = facts.Sources.FirstOrDefault(t => string.Equals(t.Schema.Name, store.Schema.Name, StringComparison.Ordinal))
            ?? throw new ArgumentException(
                $"A replacement must hold every source of the history. Got none for source '{store.Schema.Name}' of entity '{facts.Entity}'. Start from LookAhead.ReadAll and change what differs.");
        return ReferenceEquals(table.Schema, store.Schema) || table.Schema.Columns.SequenceEqual(store.Schema.Columns)
            ? table
            : throw new ArgumentException(
                $"A replacement must have the columns of source '{store.Schema.Name}': {Names(store.Schema)}. Got {Names(table.Schema)} for entity '{facts.Entity}'. Build it from the history's schema.");
    }

    private static int[] Translation(SourceStore store, int column, string[] levels, IReadOnlyList<string>? given)
    {
        if (ReferenceEquals(given, levels))
        {
            return [.. Enumerable.Range(0, levels.Length)];
        }

        return [.. (given ?? []).Select(text => Array.BinarySearch(levels, text, StringComparer.Ordinal) is int code and >= 0
            ? code
            : throw new ArgumentException(
                $"A replacement must use the texts of the history. Got '{text}' in column '{store.Schema.Columns[column].Name}' of source '{store.Schema.Name}'. Append facts with new texts instead."))];
    }

    private static string Names(SourceSchema schema) => string.Join(", ", schema.Columns.Select(c => $"{c.Name} ({c.Kind})"));
}
