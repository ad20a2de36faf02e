using CsCheck;
using MlSystemDesign.Features;
using Xunit.Sdk;

namespace MlSystemDesign.Tests.Features;

/// <summary>The engine computes what the definitions say, on random worlds and plans, and what other software says. For a longer run see <see cref="Cases"/>.</summary>
public sealed class FeatureAgreementTests
{
    public static TheoryData<string> Series => [.. IndependentSeries.All.Select(s => s.Name)];

    [Fact]
    public void Build_AnyWorldAndPlan_AgreesWithTheDefinitions() => Gen.Select(Worlds.Any, RandomPlans.Any).Sample(
        (world, plan) => new Case(world.World, plan, world.Cutoffs).Check(Agree), iter: Cases.Many);

    [Fact]
    public void Build_AtTheEdgesOfTime_AgreesWithTheDefinitions() => Gen.Select(Worlds.AtTheEdges, RandomPlans.Any).Sample(
        (world, plan) => new Case(world.World, plan, world.Cutoffs).Check(Agree), iter: Cases.Many);

    [Fact]
    public void Build_RevisedAndRetractedFacts_AgreesWithTheDefinitions() => Gen.Select(Worlds.Revised, RandomPlans.Any).Sample(
        (world, plan) => new Case(world.World, plan, world.Cutoffs).Check(Agree), iter: Cases.Many);

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

    private static void Agree(Case @case)
    {
        FeatureTable table = Plans.Build(@case.Plan, @case.World.History(), Worlds.Rows(@case.Cutoffs));
        ReferenceFeatures reference = new(@case.World);
        for (int c = 0; c < @case.Plan.Features.Count; c++)
        {
            for (int row = 0; row < table.RowCount; row++)
            {
                Agree(@case.Plan.Features[c], table, c, row, reference);
            }
        }
    }

    private static void Agree(FeatureDefinition feature, FeatureTable table, int column, int row, ReferenceFeatures reference)
    {
        string who = table.Observations.Entities[row].ToString();
        long cutoff = table.Observations.CutoffTicks[row];
        if (table.Schema[column].Kind == ColumnKind.Category)
        {
            int code = table.Codes(column)[row];
            string? got = code < 0 ? null : table.Schema[column].Levels[code], expected = reference.Text(feature, who, cutoff);
            Require(got == expected, $"{feature.Name} of {who} at {cutoff} is {expected ?? "missing"}, got {got ?? "missing"}");
            return;
        }

        double value = table.Numbers(column)[row];
        ReferenceValue wanted = reference.Number(feature, who, cutoff);
        Require(wanted.Allows(value), $"{feature.Name} of {who} at {cutoff} is {wanted.Value:R} give or take {wanted.Tolerance:R}, got {value:R}");
        Require(!double.IsNegative(value) || value < 0 || double.IsNaN(value), $"{feature.Name} of {who} at {cutoff} is 0, got -0");
    }

    private static void Require(bool holds, FormattableString what)
    {
        if (!holds)
        {
            throw new XunitException(FormattableString.Invariant(what));
        }
    }
}
