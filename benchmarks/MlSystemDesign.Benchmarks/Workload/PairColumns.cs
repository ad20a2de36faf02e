namespace MlSystemDesign.Benchmarks.Workload;

/// <summary>The (entity, cutoff) pairs to answer: all cutoffs of the first entity, then of the next, ids and cutoffs ascending.</summary>
/// <param name="Name">a, b or c.</param>
/// <param name="Entities">The ids, one per pair.</param>
/// <param name="Cutoffs">The cutoffs in microseconds since 1970, one per pair.</param>
/// <param name="Grid">The cutoffs that all entities share, ascending; empty when each has its own.</param>
internal sealed record PairColumns(string Name, long[] Entities, long[] Cutoffs, long[] Grid)
{
    internal int Count => Entities.Length;

    internal int PerEntity => Grid.Length == 0 ? 1 : Grid.Length;

    /// <summary>Generates the pairs of a cutoff set for all entities, those without events too.</summary>
    /// <param name="name">a: 12 monthly cutoffs per entity. b: one per entity, its own, in the second year. c: daily for the last 90 days.</param>
    /// <param name="entities">The number of entities.</param>
    /// <param name="seed">The seed of b.</param>
    internal static PairColumns Generate(string name, int entities, int seed) => name switch
    {
        "a" => OnGrid(name, entities, [.. Enumerable.Range(0, 12).Select(Month)]),
        "b" => OneEach(entities, seed),
        "c" => OnGrid(name, entities, [.. Enumerable.Range(0, 90).Select(k => Clock.End - ((89 - k) * Clock.Day))]),
        _ => throw new ArgumentException($"A cutoff set must be a, b or c. Got '{name}'. Use --cutoffs a, or several: --cutoffs a,b,c."),
    };

    private static long Month(int month) =>
        (new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(month) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static PairColumns OnGrid(string name, int entities, long[] grid)
    {
        long[] ids = new long[entities * grid.Length], cutoffs = new long[ids.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            (ids[i], cutoffs[i]) = (EventGenerator.EntityId(i / grid.Length), grid[i % grid.Length]);
        }

        return new PairColumns(name, ids, cutoffs, grid);
    }

    private static PairColumns OneEach(int entities, int seed)
    {
        Random random = new(seed + 1);
        long[] ids = new long[entities], cutoffs = new long[entities];
        for (int i = 0; i < entities; i++)
        {
            (ids[i], cutoffs[i]) = (EventGenerator.EntityId(i), Clock.End - random.NextInt64(365 * Clock.Day));
        }

        return new PairColumns("b", ids, cutoffs, []);
    }
}
