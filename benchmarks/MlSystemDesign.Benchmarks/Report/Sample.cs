namespace MlSystemDesign.Benchmarks.Report;

/// <summary>The repeats of one step of one contender, summed up.</summary>
/// <param name="Count">The number of repeats.</param>
/// <param name="Cpu">The median CPU seconds.</param>
/// <param name="LeastCpu">The least CPU seconds.</param>
/// <param name="Wall">The median seconds on the clock.</param>
/// <param name="LeastWall">The least seconds on the clock.</param>
/// <param name="PeakBytes">The highest peak; <see langword="null"/> when not known.</param>
internal sealed record Sample(int Count, double Cpu, double LeastCpu, double Wall, double LeastWall, long? PeakBytes)
{
    /// <summary>Sums up; <see langword="null"/> for no repeats.</summary>
    internal static Sample? Of(IReadOnlyCollection<Measurement> repeats) => repeats.Count == 0 ? null : new Sample(
        repeats.Count, Median(repeats.Select(m => m.Cpu)), repeats.Min(m => m.Cpu), Median(repeats.Select(m => m.Wall)), repeats.Min(m => m.Wall), repeats.Max(m => m.PeakBytes));

    /// <summary>Adds the times of two steps that follow each other.</summary>
    internal static Sample? Sum(Sample? first, Sample? second) => first is null || second is null ? null : new Sample(
        Math.Min(first.Count, second.Count), first.Cpu + second.Cpu, first.LeastCpu + second.LeastCpu, first.Wall + second.Wall, first.LeastWall + second.LeastWall,
        first.PeakBytes is null || second.PeakBytes is null ? null : Math.Max(first.PeakBytes.Value, second.PeakBytes.Value));

    /// <summary>The middle one of some numbers, or the mean of the two in the middle.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
