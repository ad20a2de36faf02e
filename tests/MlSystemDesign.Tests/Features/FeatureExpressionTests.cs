using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>Arithmetic in a plan, from the text to the table.</summary>
public sealed class FeatureExpressionTests
{
    private static readonly World Three = new([Activity(11, 10), Activity(16, 20), Activity(19, 30)], []);

    [Fact]
    public void Build_DerivedColumnsAndExpressions_ComputesThem()
    {
        FeaturePlan plan = FeaturePlan
            .For("activities", f => f
                .Derive("twice", "amount * 2", "EUR").OverDays(5, 10).Sum("twice").Count().Ratio("twice_sum", 5, 10)
                .Where(EventFilter.Above("twice", 45), t => t.OverDays(10).Count()))
            .Derive("per_event", "if(count_5d > 1, twice_sum_5d / count_5d, 0)", "EUR")
            .Derive("more", "per_event + 1");

        FeatureTable table = Plans.Build(plan, Three.History(), ObservationSet.At(["anna", "nobody"], World.At(20)));

        Row(table, 0).Should().Equal(100, 120, 2, 3, 100.0 / 120, 1, 50, 51);
        Row(table, 1).Should().Equal(0, 0, 0, 0, double.NaN, 0, 0, 1);
    }

    [Fact]
    public void Build_APack_ComputesIt()
    {
        FeatureTable table = Plans.Build(FeaturePacks.EngagementTrend("activities", "amount"), Three.History(), ObservationSet.At(["anna"], World.At(20)));

        double[] expected = [2, 3, 3, 0, 2.0 / 3, 1, 3];
        Row(table, 0)[..7].Should().Equal(expected, "7, 30 and 90 days, the month before, two ratios and a difference");
        table.Numbers("recency_per_gap_90d")[0].Should().Be(1 / 4.0, "the gaps are 5 and 3 days");
        table.Numbers("amount_sum_difference_30d_30d_lag30d")[0].Should().Be(60);
    }

    private static double[] Row(FeatureTable table, int row) => [.. table.Schema.Select((_, c) => table.Numbers(c)[row])];

    private static Activity Activity(double day, double amount) => new("anna", World.At(day).UtcTicks, World.At(day).UtcTicks, amount, "ticket", 0);
}
