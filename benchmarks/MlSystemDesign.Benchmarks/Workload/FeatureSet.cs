using MlSystemDesign.Features;

namespace MlSystemDesign.Benchmarks.Workload;

/// <summary>What is computed: 20 features, or 25. Contenders answer in this order.</summary>
internal sealed class FeatureSet
{
    internal const int CountAt = 0, SumAt = 1, MeanAt = 2, MinAt = 3, MaxAt = 4, StdAt = 5, PerWindow = 6;
    internal const int Recency = 18, Slope = 19, CoreCount = 20;
    internal const int Distinct = 20, Last = 21, Median = 22, GapMean = 23, GapStd = 24, FullCount = 25;

    private static readonly int[] WindowDays = [30, 60, 90]; // before the sets, which read it

    internal static readonly FeatureSet Core = new("core");
    internal static readonly FeatureSet Full = new("full");

    private FeatureSet(string name)
    {
        Name = name;
        Plan = DeclareCore();
        if (name == "full")
        {
            Plan = new FeaturePlan([.. Plan.Features, .. Rest()]);
        }
    }

    internal string Name { get; }

    internal bool IsFull => Name == "full";

    internal int Count => IsFull ? FullCount : CoreCount;

    /// <summary>Gets the declared plan. Its features stand in the order of the positions above.</summary>
    internal FeaturePlan Plan { get; }

    /// <summary>Gets the lengths of the windows in days, ascending; the last also holds the slope and the rest of the full set.</summary>
    internal static ReadOnlySpan<int> Days => WindowDays;

    internal static FeatureSet Named(string name) => name switch
    {
        "core" => Core,
        "full" => Full,
        _ => throw new ArgumentException($"A feature set must be core or full. Got '{name}'. Use --set core."),
    };

    internal string FeatureName(int feature) => Plan.Features[feature].Name;

    private static FeaturePlan DeclareCore()
    {
        return FeaturePlan.For("purchases", f =>
        {
            foreach (int days in WindowDays)
            {
                f.OverDays(days).Count().Sum("amount").Mean("amount").Min("amount").Max("amount").Std("amount");
            }

            f.Recency().OverDays(90).Slope("amount");
        });
    }

    private static IEnumerable<FeatureDefinition> Rest()
    {
        FeatureWindow window = TimeSpan.FromDays(90);
        yield return new() { Name = "category_distinct_90d", Source = "purchases", Aggregate = FeatureAggregate.Distinct, Column = "category", Window = window };
        yield return new() { Name = "amount", Source = "purchases", Aggregate = FeatureAggregate.Attribute, Column = "amount" };
        yield return new() { Name = "amount_median_90d", Source = "purchases", Aggregate = FeatureAggregate.Quantile, Column = "amount", Window = window, Parameter = 0.5 };
        yield return new() { Name = "gap_mean_90d", Source = "purchases", Aggregate = FeatureAggregate.GapMean, Window = window };
        yield return new() { Name = "gap_std_90d", Source = "purchases", Aggregate = FeatureAggregate.GapStd, Window = window };
    }
}
