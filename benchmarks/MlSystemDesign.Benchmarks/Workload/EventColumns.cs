namespace MlSystemDesign.Benchmarks.Workload;

/// <summary>An event log as columns in memory, in the order in which the events arrived. Every contender starts from it.</summary>
/// <param name="Entities">Customer ids: positive, with gaps.</param>
/// <param name="Times">Event times in microseconds since 1970, UTC.</param>
/// <param name="Known">Known times: the arrival, at the event time or up to 3 days after it. Ascending.</param>
/// <param name="Amounts">Amounts with two decimals.</param>
/// <param name="Categories">0 to 19.</param>
internal sealed record EventColumns(long[] Entities, long[] Times, long[] Known, double[] Amounts, int[] Categories)
{
    internal const int CategoryCount = 20;

    internal int Count => Times.Length;
}
