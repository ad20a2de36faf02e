using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>LINQ over a dictionary of sorted lists, as a .NET developer would write it.</summary>
internal sealed class LinqContender(FeatureSet set) : IContender
{
    private Dictionary<long, List<Purchase>> _lists = [];
    private PairColumns? _pairs;
    private double[][] _rows = [];

    public string Name => "LINQ";

    public void Ingest(EventColumns log, CancellationToken cancellationToken)
    {
        IEnumerable<Purchase> purchases = Enumerable.Range(0, log.Count).Select(i => new Purchase(
            log.Entities[i], Clock.ToDateTime(log.Times[i]), Clock.ToDateTime(log.Known[i]), log.Amounts[i], log.Categories[i]));
        _lists = purchases.GroupBy(p => p.Customer).ToDictionary(g => g.Key, g => Sorted(g).ToList());
    }

    public void Prepare(PairColumns pairs) => _pairs = pairs;

    public void Compute(CancellationToken cancellationToken)
    {
        PairColumns pairs = _pairs!;
        _rows = new double[pairs.Count][];
        for (int i = 0; i < _rows.Length; i++)
        {
            if (i % 1024 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            _rows[i] = Row(_lists.GetValueOrDefault(pairs.Entities[i], []), Clock.ToDateTime(pairs.Cutoffs[i]));
        }
    }

    public double[][] Answers() => [.. Enumerable.Range(0, set.Count).Select(f => _rows.Select(row => row[f]).ToArray())];

    public void Forget() => _rows = [];

    public void Dispose() => (_lists, _pairs, _rows) = ([], null, []);

    // Only the newest amount depends on the order of simultaneous purchases.
    private IEnumerable<Purchase> Sorted(IEnumerable<Purchase> purchases) => set.IsFull
        ? purchases.OrderBy(p => p.At).ThenBy(p => p.KnownAt).ThenBy(p => p.Amount)
        : purchases.OrderBy(p => p.At);

    private double[] Row(List<Purchase> purchases, DateTime cutoff)
    {
        List<double> features = new(set.Count);
        List<Purchase> window = [];
        foreach (int days in FeatureSet.Days)
        {
            DateTime start = cutoff.AddDays(-days);
            window = [.. purchases.Where(p => p.At >= start && p.At < cutoff && p.KnownAt < cutoff)];
            double mean = window.Count == 0 ? double.NaN : window.Average(p => p.Amount);
            features.Add(window.Count);
            features.Add(window.Sum(p => p.Amount));
            features.Add(mean);
            features.Add(window.Count == 0 ? double.NaN : window.Min(p => p.Amount));
            features.Add(window.Count == 0 ? double.NaN : window.Max(p => p.Amount));
            features.Add(window.Count < 2 ? double.NaN : Math.Sqrt(window.Sum(p => (p.Amount - mean) * (p.Amount - mean)) / (window.Count - 1)));
        }

        Purchase? last = purchases.LastOrDefault(p => p.At < cutoff && p.KnownAt < cutoff);
        features.Add(last is null ? double.NaN : (cutoff - last.At).TotalDays);
        features.Add(Slope(window));
        if (set.IsFull)
        {
            AddRest(features, window, last);
        }

        return [.. features];
    }

    private static double Slope(List<Purchase> window)
    {
        if (window.Count < 2 || window[0].At == window[^1].At)
        {
            return double.NaN;
        }

        DateTime first = window[0].At;
        double middle = window.Average(p => (p.At - first).TotalDays), mean = window.Average(p => p.Amount);
        return window.Sum(p => ((p.At - first).TotalDays - middle) * (p.Amount - mean)) / window.Sum(p => Math.Pow((p.At - first).TotalDays - middle, 2));
    }

    private static void AddRest(List<double> features, List<Purchase> window, Purchase? last)
    {
        double[] amounts = [.. window.Select(p => p.Amount).Order()];
        double[] gaps = [.. window.Zip(window.Skip(1), (a, b) => (b.At - a.At).TotalDays)];
        double mean = gaps.Length == 0 ? double.NaN : gaps.Average();
        features.Add(window.Select(p => p.Category).Distinct().Count());
        features.Add(last?.Amount ?? double.NaN);
        features.Add(amounts.Length == 0 ? double.NaN : (amounts[(amounts.Length - 1) / 2] + amounts[amounts.Length / 2]) / 2);
        features.Add(mean);
        features.Add(gaps.Length < 2 ? double.NaN : Math.Sqrt(gaps.Sum(g => (g - mean) * (g - mean)) / (gaps.Length - 1)));
    }

    private sealed record Purchase(long Customer, DateTime At, DateTime KnownAt, double Amount, int Category);
}
