using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Orders rows by entity, and within an entity newest first in the total order of facts.</summary>
/// <remarks>Two steps: one sequential pass per column spreads the rows over buckets of consecutive entities, then each bucket is put in order within the processor's cache. Buckets
/// are independent, so threads change nothing. Cost: O(n) and, where rows of an entity are far from the order of time, O(n log n).</remarks>
internal static class FactSorter
{
    /// <summary>Sorts.</summary>
    /// <param name="batches">Rows in any order; their columns are let go.</param>
    /// <param name="form">The columns that they have.</param>
    /// <param name="finalIds">The final id of each provisional entity id.</param>
    /// <param name="starts">Where the rows of each entity start in the result; one place more than entities.</param>
    /// <param name="levels">Per category column the number of texts and the final code of each provisional one.</param>
    /// <param name="workers">Does the work.</param>
    public static FactArrays Sort(
        List<FactBatch> batches, SourceColumns form, ReadOnlySpan<int> finalIds, int[] starts, (int Count, int[] FinalCodeOf)[] levels, Workers workers)
    {
        FactBuckets buckets = new(starts);
        FactScatter scatter = new(batches, buckets, buckets.AddressOf(finalIds), workers);
        // Mostly few facts are known late. Then their known times need no column, neither now nor later.
        ApartRows? apart = form.HasKnownTime && batches.TrueForAll(b => b.Apart is not null) ? new ApartRows(batches, buckets.Count) : null;
        FactArrays facts = Spread(batches, form, scatter, levels, hasKnownColumn: form.HasKnownTime && apart is null);
        batches.Clear();
        workers.Run(buckets.Count, () => new BucketSorter(facts, buckets, scatter.Locals, apart), (bucket, sorter) => sorter.Sort(bucket));
        facts.Exceptions = apart?.ToExceptions() ?? [];
        return facts;
    }

    private static FactArrays Spread(List<FactBatch> batches, SourceColumns form, FactScatter scatter, (int Count, int[] FinalCodeOf)[] levels, bool hasKnownColumn)
    {
        int columns = form.Columns.Count;
        long[] eventTicks = scatter.CopyTimes(b => b.EventTimes, b => b.EventScale);
        batches.ForEach(b => b.EventTimes = default);
        FactArrays facts = new()
        {
            Count = eventTicks.Length,
            EventTicks = eventTicks,
            Numbers = new double[columns][],
            MayBeMissing = new bool[columns],
            Codes = new CodeColumn?[columns],
        };

        facts.Known = hasKnownColumn ? scatter.CopyKnownTimes(eventTicks) : default;
        batches.ForEach(b => b.KnownTimes = default);
        for (int column = 0; column < columns; column++)
        {
            int c = column;
            facts.MayBeMissing[c] = batches.Exists(b => b.HasMissing[c]);
            if (form.Columns[c].Kind == ColumnKind.Number)
            {
                facts.Numbers[c] = scatter.CopyNumbers(c);
                batches.ForEach(b => b.Numbers[c] = default);
            }
            else
            {
                facts.Numbers[c] = [];
                facts.Codes[c] = scatter.CopyCodes(c, levels[c].FinalCodeOf, levels[c].Count);
                batches.ForEach(b => b.Codes[c] = null);
            }
        }

        facts.Superseded = scatter.Copy(b => b.Superseded, form.HasSuperseded);
        facts.Sequence = scatter.Copy(b => b.Sequence, form.HasSequence);
        facts.EventKeys = scatter.Copy(b => b.EventKeys, form.HasEventKey);
        facts.Retracted = scatter.Copy(b => b.Retracted, form.HasRetracted);
        return facts;
    }
}
