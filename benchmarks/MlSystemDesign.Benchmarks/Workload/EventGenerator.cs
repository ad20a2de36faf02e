namespace MlSystemDesign.Benchmarks.Workload;

/// <summary>Generates a log: lognormal(1.5) events per entity over two years, 1 % of them exactly at midnight, 1 % known up to 3 days after they happened.</summary>
/// <remarks>Equal size and seed, equal log.</remarks>
internal static class EventGenerator
{
    /// <summary>With it the busiest entity of M has about 47 thousand events, as in the measurements that the bars come from.</summary>
    internal const int DefaultSeed = 28;

    private const double Spread = 1.5;
    private const double SpecialShare = 0.01;
    private const long LongestDelay = 3 * Clock.Day;

    internal static EventColumns Generate(WorkloadSize size, int seed, CancellationToken cancellationToken = default)
    {
        Random random = new(seed);
        double[] cumulated = CumulatedRates(size.Entities, random);
        long[] entities = new long[size.Events], times = new long[size.Events], known = new long[size.Events];
        double[] amounts = new double[size.Events];
        int[] categories = new int[size.Events];
        for (int i = 0; i < size.Events; i++)
        {
            if (i % 1_000_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            entities[i] = EntityId(PlaceOf(random.NextDouble() * cumulated[^1], cumulated));
            long time = Clock.Start + random.NextInt64(Clock.Days * Clock.Day);
            times[i] = random.NextDouble() < SpecialShare ? time - ((time - Clock.Start) % Clock.Day) : time;
            known[i] = times[i] + (random.NextDouble() < SpecialShare ? 1 + random.NextInt64(LongestDelay) : 0);
            amounts[i] = Math.Round(Math.Exp(3 + Normal(random)), 2);
            categories[i] = random.Next(EventColumns.CategoryCount);
        }

        int[] order = Enumerable.Range(0, size.Events).ToArray();
        Array.Sort(known, order);
        return new EventColumns(Pick(entities, order), Pick(times, order), known, Pick(amounts, order), Pick(categories, order));
    }

    /// <summary>Customer numbers: ascending, with gaps, so that nobody can use them as positions.</summary>
    internal static long EntityId(int place) => 1_000_003 + (37L * place);

    private static double[] CumulatedRates(int entities, Random random)
    {
        double[] cumulated = new double[entities];
        double total = 0;
        for (int i = 0; i < entities; i++)
        {
            cumulated[i] = total += Math.Exp(Spread * Normal(random));
        }

        return cumulated;
    }

    private static int PlaceOf(double share, double[] cumulated)
    {
        int place = Array.BinarySearch(cumulated, share);
        return Math.Min(place < 0 ? ~place : place, cumulated.Length - 1);
    }

    private static T[] Pick<T>(T[] values, int[] order)
    {
        T[] picked = new T[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            picked[i] = values[order[i]];
        }

        return picked;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
