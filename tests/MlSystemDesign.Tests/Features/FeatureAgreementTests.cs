using System.Collections.Concurrent;
using CsCheck;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>The engine computes what the definitions say, on random worlds and plans, and what other software says. For a longer run see <see cref="Cases"/>.</summary>
public sealed class FeatureAgreementTests
{
    public static TheoryData<string> Series => [.. IndependentSeries.All.Select(s => s.Name)];

    [Fact]
    public void Build_AnyWorldAndPlan_AgreesWithTheDefinitions() => Gen.Select(Worlds.Any, RandomPlans.Any).Sample(
        (world, plan) => new FeatureCase(world.World, plan, world.Cutoffs).Check(Agree), iter: Cases.Many);

    [Fact]
    public void Build_AtTheEdgesOfTime_AgreesWithTheDefinitions() => Gen.Select(Worlds.AtTheEdges, RandomPlans.Any).Sample(
        (world, plan) => new FeatureCase(world.World, plan, world.Cutoffs).Check(Agree), iter: Cases.Many);

    [Fact]
    public void Build_RevisedAndRetractedFacts_AgreesWithTheDefinitions() => Gen.Select(Worlds.Revised, RandomPlans.Any).Sample(
        (world, plan) => new FeatureCase(world.World, plan, world.Cutoffs).Check(Agree), iter: Cases.Many);

    [Fact]
    public void Build_ManyFactsKnownAtOtherTimes_AgreesWithTheDefinitions()
    {
        ConcurrentDictionary<int, bool> widths = [];
        Gen.Select(LateWorlds.Any, RandomPlans.Any).Sample(
            (world, plan) =>
            {
                widths[world.World.History().Sources[0].Blocks[0].Known.Width] = true;
                new FeatureCase(world.World, plan, world.Cutoffs).Check(Agree);
            },
            iter: Cases.Some);

        widths.Keys.Should().BeEquivalentTo([6, 8], "a column holds the known times, of short delays in 6 bytes, of long ones in 8");
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void Build_SeriesOfOtherSoftware_GivesItsValues(string name)
    {
        IndependentSeries series = IndependentSeries.All.Single(s => s.Name == name);
        (FeatureDefinition Feature, double Value)[] expected = [.. series.Expected()];
        FeatureTable table = Plans.Build(new FeaturePlan(expected.Select(e => e.Feature)), series.World(World.At(20).UtcTicks).History(), ObservationSet.At(["anna"], World.At(20)));
        for (int c = 0; c < expected.Length; c++)
        {
            double got = table.Numbers(c)[0], wanted = expected[c].Value;
            (double.IsNaN(wanted) ? double.IsNaN(got) : Math.Abs(got - wanted) <= 1e-11 * Math.Abs(wanted)).Should().BeTrue($"{table.Schema[c].Name} is {wanted:R}, got {got:R}");
        }
    }

    private static void Agree(FeatureCase @case) => FeatureComparison.Compare(@case, Plans.Build(@case.Plan, @case.World.History(), Worlds.Rows(@case.Cutoffs)));
}
