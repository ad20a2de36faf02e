using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>The definitions of the aggregates, written down as directly as possible: raw rows, LINQ, two-pass textbook formulas. Shares no code with the engine.</summary>
internal static class ReferenceFeatures
{
    internal static double Number(FeatureDefinition feature, World world, string who, long cutoff)
    {
        long start = feature.Window is not { } window || window.Kind == WindowKind.WholeHistory ? long.MinValue : cutoff - window.Length.Ticks;
        if (feature.Source == "people")
        {
            return world.Traits.Where(t => t.Who == who && t.At < cutoff).OrderByDescending(t => t.At).Select(t => t.Fee).FirstOrDefault(double.NaN);
        }

        Deed[] visible = [.. world.Deeds.Where(d => d.Who == who && d.At < cutoff && d.Known < cutoff)];
        if (feature.Aggregate == FeatureAggregate.Coverage)
        {
            bool known = visible.Length > 0 || world.Traits.Any(t => t.Who == who && t.At < cutoff);
            long watched = Math.Min(cutoff, World.At(38).UtcTicks) - Math.Max(start, World.At(2).UtcTicks);
            return known ? Math.Max(0, watched) / (double)(cutoff - start) : 0;
        }

        Deed[] facts =
        [
            .. visible
                .Where(d => d.At >= start && feature.Where.All(w => Passes(w, d)))
                .OrderByDescending(d => d.At).ThenByDescending(d => d.Known).ThenByDescending(d => d.Sequence),
        ];
        double[] values = [.. facts.Select(d => d.Amount).Where(a => !double.IsNaN(a))];
        return feature.Aggregate switch
        {
            FeatureAggregate.Count => facts.Length,
            FeatureAggregate.Sum => values.Sum(),
            FeatureAggregate.Mean => values.Length == 0 ? double.NaN : values.Average(),
            FeatureAggregate.Min => values.Length == 0 ? double.NaN : values.Min(),
            FeatureAggregate.Max => values.Length == 0 ? double.NaN : values.Max(),
            FeatureAggregate.Std => Std(values),
            FeatureAggregate.Slope => Slope([.. facts.Where(d => !double.IsNaN(d.Amount))]),
            FeatureAggregate.Recency => facts.Length == 0 ? double.NaN : new TimeSpan(cutoff - facts.Max(d => d.At)).TotalDays,
            FeatureAggregate.Attribute => facts.Length == 0 ? double.NaN : facts[0].Amount,
            _ => throw new InvalidOperationException(),
        };
    }

    internal static string? Plan(World world, string who, long cutoff) =>
        world.Traits.Where(t => t.Who == who && t.At < cutoff).OrderByDescending(t => t.At).Select(t => t.Plan).FirstOrDefault();

    private static bool Passes(EventFilter filter, Deed deed) => filter.Operator switch
    {
        FilterOperator.Is => deed.Kind == filter.Category,
        FilterOperator.IsNot => deed.Kind != filter.Category,
        FilterOperator.Above => deed.Amount > filter.Limit,
        FilterOperator.Below => deed.Amount < filter.Limit,
        FilterOperator.AtLeast => deed.Amount >= filter.Limit,
        FilterOperator.AtMost => deed.Amount <= filter.Limit,
        _ => throw new InvalidOperationException(),
    };

    private static double Std(double[] values)
    {
        if (values.Length < 2)
        {
            return double.NaN;
        }

        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private static double Slope(Deed[] facts)
    {
        if (facts.Select(d => d.At).Distinct().Count() < 2)
        {
            return double.NaN;
        }

        decimal origin = facts.Min(d => d.At), n = facts.Length;
        decimal t = facts.Sum(d => d.At - origin) / n;
        double mean = facts.Average(d => d.Amount);
        double covariance = facts.Sum(d => (double)(d.At - origin - t) * (d.Amount - mean));
        return covariance / facts.Sum(d => (double)(d.At - origin - t) * (double)(d.At - origin - t)) * TimeSpan.TicksPerDay;
    }
}
