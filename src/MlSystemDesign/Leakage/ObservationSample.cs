namespace MlSystemDesign.Leakage;

/// <summary>The observations that a leakage guard rebuilds, by cutoff.</summary>
internal static class ObservationSample
{
    /// <summary>Draws cutoffs spread over time, and entities at each.</summary>
    /// <param name="observations">Rows with cutoffs.</param>
    /// <param name="options">How many of each.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>Per cutoff, oldest first, rows of distinct entities in the order of their keys.</returns>
    internal static List<(long Cutoff, ObservationSet Rows)> Draw(ObservationSet observations, LeakageGuardOptions options, int seed)
    {
        Random random = new(seed);
        Dictionary<long, List<EntityKey>> byCutoff = [];
        for (int i = 0; i < observations.Count; i++)
        {
            if (!byCutoff.TryGetValue(observations.CutoffTicks[i], out List<EntityKey>? entities))
            {
                byCutoff.Add(observations.CutoffTicks[i], entities = []);
            }

            entities.Add(observations.Entities[i]);
        }

        List<(long, ObservationSet)> sample = [];
        foreach (long cutoff in Spread([.. byCutoff.Keys.Order()], options.MaximumCutoffs, random))
        {
            // Sorted first, so that the order of the rows does not change the draw.
            EntityKey[] entities = [.. byCutoff[cutoff].Distinct().Order()];
            int count = Math.Min(options.ObservationsPerCutoff, entities.Length);
            for (int i = 0; i < count; i++)
            {
                int other = random.Next(i, entities.Length);
                (entities[i], entities[other]) = (entities[other], entities[i]);
            }

            sample.Add((cutoff, ObservationSet.At(entities.Take(count).Order(), new DateTimeOffset(cutoff, TimeSpan.Zero))));
        }

        return sample;
    }

    /// <summary>Picks one of each of k equal stretches.</summary>
    internal static IEnumerable<T> Spread<T>(IReadOnlyList<T> sorted, int k, Random random)
    {
        int count = Math.Min(k, sorted.Count);
        for (int i = 0; i < count; i++)
        {
            int from = (int)((long)i * sorted.Count / count), until = (int)((i + 1L) * sorted.Count / count);
            yield return sorted[random.Next(from, until)];
        }
    }
}
