using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Reference;

/// <summary>The answers by definition, as directly as possible: every event of the entity is looked at for every pair; amounts are whole cents and times whole microseconds, so that
/// sums are exact integers and each answer is rounded once or twice. Shares no code with any contender.</summary>
internal static class BruteForce
{
    /// <summary>Answers some pairs.</summary>
    /// <returns>One array per feature, one value per pair asked for; NaN is missing.</returns>
    internal static double[][] Answer(EventColumns log, PairColumns pairs, int[] asked, FeatureSet set, CancellationToken cancellationToken)
    {
        ILookup<long, Fact> facts = Enumerable.Range(0, log.Count).ToLookup(
            i => log.Entities[i], i => new Fact(log.Times[i], log.Known[i], checked((long)Math.Round(log.Amounts[i] * 100)), log.Categories[i]));
        double[][] answers = [.. Enumerable.Range(0, set.Count).Select(_ => new double[asked.Length])];
        Parallel.For(0, asked.Length, new ParallelOptions { CancellationToken = cancellationToken }, k =>
        {
            double[] row = Row(facts[pairs.Entities[asked[k]]], pairs.Cutoffs[asked[k]], set.IsFull);
            for (int f = 0; f < row.Length; f++)
            {
                answers[f][k] = row[f];
            }
        });
        return answers;
    }

    private static double[] Row(IEnumerable<Fact> all, long cutoff, bool full)
    {
        Fact[] visible = [.. all.Where(f => f.Time < cutoff && f.Known < cutoff).OrderBy(f => (f.Time, f.Known, f.Cents, f.Category))];
        List<double> row = [];
        foreach (int days in new[] { 30, 60, 90 })
        {
            Fact[] window = [.. visible.Where(f => f.Time >= cutoff - (days * MicrosecondsPerDay))];
            Int128 n = window.Length, sum = Sum(window, f => f.Cents), squares = Sum(window, f => (Int128)f.Cents * f.Cents);
            row.Add(window.Length);
            row.Add((double)sum / 100);
            row.Add(window.Length == 0 ? double.NaN : (double)sum / (100.0 * window.Length));
            row.Add(window.Length == 0 ? double.NaN : window.Min(f => f.Cents) / 100.0);
            row.Add(window.Length == 0 ? double.NaN : window.Max(f => f.Cents) / 100.0);
            row.Add(window.Length < 2 ? double.NaN : Math.Sqrt((double)((n * squares) - (sum * sum)) / (double)(n * (n - 1))) / 100);
        }

        Fact[] longest = [.. visible.Where(f => f.Time >= cutoff - (90 * MicrosecondsPerDay))];
        row.Add(visible.Length == 0 ? double.NaN : (double)(cutoff - visible[^1].Time) / MicrosecondsPerDay);
        row.Add(Slope(longest, cutoff));
        if (full)
        {
            row.Add(longest.Select(f => f.Category).ToHashSet().Count);
            row.Add(visible.Length == 0 ? double.NaN : visible[^1].Cents / 100.0);
            row.Add(Median([.. longest.Select(f => f.Cents).Order()]));
            long[] gaps = [.. Enumerable.Range(1, Math.Max(0, longest.Length - 1)).Select(i => longest[i].Time - longest[i - 1].Time)];
            Int128 n = gaps.Length, sum = 0, squares = 0;
            foreach (long gap in gaps)
            {
                sum += gap;
                squares += (Int128)gap * gap;
            }

            row.Add(gaps.Length == 0 ? double.NaN : (double)sum / gaps.Length / MicrosecondsPerDay);
            row.Add(gaps.Length < 2 ? double.NaN : Math.Sqrt((double)((n * squares) - (sum * sum)) / (double)(n * (n - 1))) / MicrosecondsPerDay);
        }

        return [.. row];
    }

    private const long MicrosecondsPerDay = 24L * 60 * 60 * 1_000_000;

    private static double Slope(Fact[] window, long cutoff)
    {
        Int128 n = window.Length, t = Sum(window, f => f.Time - cutoff), c = Sum(window, f => f.Cents);
        Int128 tt = Sum(window, f => (Int128)(f.Time - cutoff) * (f.Time - cutoff)), tc = Sum(window, f => (Int128)(f.Time - cutoff) * f.Cents);
        Int128 below = (n * tt) - (t * t);
        return below == 0 ? double.NaN : (double)((n * tc) - (t * c)) / (double)below / 100 * MicrosecondsPerDay;
    }

    private static double Median(long[] cents) => cents.Length == 0 ? double.NaN : (cents[(cents.Length - 1) / 2] + cents[cents.Length / 2]) / 200.0;

    private static Int128 Sum(Fact[] facts, Func<Fact, Int128> value)
    {
        Int128 sum = 0;
        foreach (Fact fact in facts)
        {
            sum = checked(sum + value(fact));
        }

        return sum;
    }

    private readonly record struct Fact(long Time, long Known, long Cents, int Category);
}
