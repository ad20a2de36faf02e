using BenchmarkDotNet.Attributes;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Benchmarks;

/// <summary>The hot path of features: 30, 60 and 90 days × count, sum, mean, min, max, std, with recency and slope, for every entity at 12 monthly cutoffs. The baseline is LINQ over a
/// dictionary of sorted lists, as a .NET developer would write it. Both check each other before they are timed.</summary>
[MemoryDiagnoser]
public class FeatureAggregationBenchmarks
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly int[] Days = [30, 60, 90];
    private static readonly FeaturePlan Plan = FeaturePlan.For("purchases", f => f
        .OverDays(30, 60, 90).Count().Sum("amount").Mean("amount").Min("amount").Max("amount").Std("amount").OverDays(90).Slope("amount").Recency());

    private Dictionary<int, List<Purchase>> _lists = [];
    private InMemoryHistory _history = null!;
    private ObservationSet _observations = ObservationSet.Empty;

    [Params(10_000)]
    public int Entities { get; set; }

    [Params(1_000_000)]
    public int Events { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(7);
        double[] rates = [.. Enumerable.Range(0, Entities).Select(_ => Math.Exp(1.5 * Normal(random)))];
        double[] cumulated = new double[Entities];
        double total = 0;
        for (int i = 0; i < Entities; i++)
        {
            cumulated[i] = total += rates[i];
        }

        Purchase[] log = new Purchase[Events];
        for (int i = 0; i < Events; i++)
        {
            int place = Array.BinarySearch(cumulated, random.NextDouble() * total);
            log[i] = new Purchase(
                Math.Min(place < 0 ? ~place : place, Entities - 1), Start.AddTicks(random.NextInt64(2 * 365 * TimeSpan.TicksPerDay)), Math.Round(Math.Exp(3 + Normal(random)), 2));
        }

        _history = new HistoryBuilder()
            .AddEvents("purchases", log, m => m.Entity(p => (EntityKey?)p.Who).Time(p => p.At).Number("amount", p => p.Amount, "EUR"))
            .Build().History;
        _lists = log.GroupBy(p => p.Who).ToDictionary(g => g.Key, g => g.OrderBy(p => p.At).ToList());
        _observations = ObservationSet.Of(
            Enumerable.Range(0, 12).SelectMany(month => Enumerable.Range(0, Entities).Select(who => new Observation((long)who, Start.AddYears(1).AddMonths(month)))));
        Compare(Linq(), EngineOnOneThread());
    }

    [Benchmark(Baseline = true, Description = "LINQ over sorted lists")]
    public double[][] Linq()
    {
        double[][] rows = new double[_observations.Count][];
        for (int row = 0; row < rows.Length; row++)
        {
            int who = int.Parse(_observations.Entities[row].ToString(), System.Globalization.CultureInfo.InvariantCulture);
            DateTimeOffset cutoff = new(_observations.CutoffTicks[row], TimeSpan.Zero);
            rows[row] = Row(_lists.GetValueOrDefault(who, []), cutoff);
        }

        return rows;
    }

    [Benchmark(Description = "plan, one thread")]
    public FeatureTable EngineOnOneThread() => new BatchFeatureBuilder(Plan, degreeOfParallelism: 1).Build(_history, _observations);

    [Benchmark(Description = "plan, every processor")]
    public FeatureTable EngineOnAllThreads() => new BatchFeatureBuilder(Plan).Build(_history, _observations);

    private static double[] Row(List<Purchase> purchases, DateTimeOffset cutoff)
    {
        List<double> features = [];
        foreach (int days in Days)
        {
            List<Purchase> window = [.. purchases.Where(p => p.At >= cutoff.AddDays(-days) && p.At < cutoff)];
            double mean = window.Count == 0 ? double.NaN : window.Average(p => p.Amount);
            features.Add(window.Count);
            features.Add(window.Sum(p => p.Amount));
            features.Add(mean);
            features.Add(window.Count == 0 ? double.NaN : window.Min(p => p.Amount));
            features.Add(window.Count == 0 ? double.NaN : window.Max(p => p.Amount));
            features.Add(window.Count < 2 ? double.NaN : Math.Sqrt(window.Sum(p => (p.Amount - mean) * (p.Amount - mean)) / (window.Count - 1)));
            if (days == 90)
            {
                features.Add(Slope(window, mean));
            }
        }

        Purchase? last = purchases.LastOrDefault(p => p.At < cutoff);
        features.Add(last is null ? double.NaN : (cutoff - last.At).TotalDays);
        return [.. features];
    }

    private static double Slope(List<Purchase> window, double mean)
    {
        if (window.Count < 2 || window[0].At == window[^1].At)
        {
            return double.NaN;
        }

        double middle = window.Average(p => (p.At - Start).TotalDays);
        return window.Sum(p => ((p.At - Start).TotalDays - middle) * (p.Amount - mean)) / window.Sum(p => Math.Pow((p.At - Start).TotalDays - middle, 2));
    }

    private static void Compare(double[][] rows, FeatureTable table)
    {
        string[] order = [.. Days.SelectMany(d => new[] { "count", "amount_sum", "amount_mean", "amount_min", "amount_max", "amount_std" }.Concat(d == 90 ? ["amount_slope"] : []).Select(a => $"{a}_{d}d")), "recency"];
        for (int f = 0; f < order.Length; f++)
        {
            ReadOnlySpan<double> column = table.Numbers(order[f]);
            for (int row = 0; row < rows.Length; row++)
            {
                double expected = rows[row][f], got = column[row];
                if (double.IsNaN(expected) ? !double.IsNaN(got) : !(Math.Abs(got - expected) <= 1e-4 * Math.Max(1, Math.Abs(expected))))
                {
                    throw new InvalidOperationException($"The contenders must agree. Got {expected} and {got} for {order[f]} in row {row}. Repair one.");
                }
            }
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed record Purchase(int Who, DateTimeOffset At, double Amount);
}
