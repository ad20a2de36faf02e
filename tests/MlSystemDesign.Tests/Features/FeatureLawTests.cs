using System.Globalization;
using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Features;

/// <summary>The laws of the design: what must not change a bit, and what a naive computation says.</summary>
public sealed class FeatureLawTests
{
    private const int Cases = 100;

    [Fact]
    public void Build_AnyHistory_AgreesWithTheDefinitions() => World.Random.Sample(
        world =>
        {
            ObservationSet rows = World.Rows();
            FeatureTable table = Plans.Build(Plans.Full, world.History(), rows);
            for (int c = 0; c < table.Schema.Count; c++)
            {
                FeatureDefinition feature = Plans.Full.Features[c];
                for (int row = 0; row < rows.Count; row++)
                {
                    string who = rows.Entities[row].ToString();
                    if (table.Schema[c].Kind == ColumnKind.Category)
                    {
                        Require(table.CategoryAt("plan", row) == ReferenceFeatures.Plan(world, who, rows.CutoffTicks[row]), $"the plan of {rows[row]}");
                        continue;
                    }

                    double expected = ReferenceFeatures.Number(feature, world, who, rows.CutoffTicks[row]), got = table.Numbers(c)[row];
                    double tolerance = feature.Aggregate is FeatureAggregate.Std or FeatureAggregate.Slope ? 1e-9 * Scale(feature, world) : 0;
                    Require(double.IsNaN(expected) ? double.IsNaN(got) : Math.Abs(got - expected) <= tolerance, $"{feature.Name} of {rows[row]} is {expected:R}, got {got:R}");
                }
            }
        },
        iter: Cases);

    [Fact]
    public void Build_RowsOfTheHistoryShuffled_ChangesNoBit() => Gen.Select(World.Random, Gen.Int).Sample(
        (world, seed) =>
        {
            Random random = new(seed);
            World shuffled = world with { Deeds = [.. world.Deeds.OrderBy(_ => random.Next())], Traits = [.. world.Traits.OrderBy(_ => random.Next())] };
            Same(Bits(world), Bits(shuffled));
        },
        iter: Cases);

    [Fact]
    public void Build_OnManyThreads_ChangesNoBit() => World.Random.Sample(
        world =>
        {
            // Enough entities for several steps: everybody else is unknown.
            ObservationSet rows = ObservationSet.Concat([World.Rows(), ObservationSet.At(Enumerable.Range(0, 700).Select(i => (EntityKey)$"p{i}"), World.At(17)), World.Rows()]);
            InMemoryHistory history = world.History();
            Dictionary<string, string> one = Plans.Bits(Plans.Build(Plans.Full, history, rows));
            Same(one, Plans.Bits(Plans.Build(Plans.Full, history, rows, threads: 2)));
            Same(one, Plans.Bits(Plans.Build(Plans.Full, history, rows, threads: 8)));
        },
        iter: 20);

    [Fact]
    public void Build_RowsReordered_GivesTheSameRows() => Gen.Select(World.Random, Gen.Int).Sample(
        (world, seed) =>
        {
            ObservationSet rows = World.Rows();
            int[] order = [.. Enumerable.Range(0, rows.Count)];
            new Random(seed).Shuffle(order);
            InMemoryHistory history = world.History();
            Same(
                Plans.Bits(Plans.Build(Plans.Full, history, rows).SelectRows(order)),
                Plans.Bits(Plans.Build(Plans.Full, history, rows.Select(order))));
        },
        iter: Cases);

    [Fact]
    public void Build_FutureRowsAddedChangedAndDeleted_ChangesNoBit() => Gen.Select(World.Random, World.Random).Sample(
        (world, other) =>
        {
            DateTimeOffset cutoff = World.At(17.5);
            ObservationSet rows = ObservationSet.At(World.People.Select(p => (EntityKey)p).Append("nobody"), cutoff);
            Deed[] past = [.. world.Deeds.Where(d => d.At < cutoff.UtcTicks && d.Known < cutoff.UtcTicks)];
            World poisoned = new(
                [.. past, .. other.Deeds.Where(d => d.At >= cutoff.UtcTicks || d.Known >= cutoff.UtcTicks)],
                [.. world.Traits.Where(t => t.At < cutoff.UtcTicks), .. other.Traits.Where(t => t.At >= cutoff.UtcTicks)]);
            Same(Plans.Bits(Plans.Build(Plans.Full, world.History(), rows)), Plans.Bits(Plans.Build(Plans.Full, poisoned.History(), rows)));
        },
        iter: Cases);

    [Fact]
    public void Build_FactsOutsideTheWindowChanged_ChangesNoBitOfIt() => Gen.Select(World.Random, World.Random).Sample(
        (world, other) =>
        {
            DateTimeOffset cutoff = World.At(30);
            long start = cutoff.AddDays(-10).UtcTicks;
            ObservationSet rows = ObservationSet.At(World.People.Select(p => (EntityKey)p), cutoff);
            FeaturePlan plan = FeaturePlan.For("deeds", f => f.OverDays(10)
                .Count().Sum("amount").Mean("amount").Min("amount").Max("amount").Std("amount").Slope("amount")
                .Where(EventFilter.Is("kind", "ticket"), t => t.Count().Std("amount").Slope("amount")));
            World changed = world with { Deeds = [.. world.Deeds.Where(d => d.At >= start), .. other.Deeds.Where(d => d.At < start)] };
            Same(Plans.Bits(Plans.Build(plan, world.History(), rows)), Plans.Bits(Plans.Build(plan, changed.History(), rows)));
        },
        iter: Cases);

    [Fact]
    public void Build_EachFeatureAlone_HasTheBitsItHasAmongOthers() => World.Random.Sample(
        world =>
        {
            InMemoryHistory history = world.History();
            Dictionary<string, string> together = Plans.Bits(Plans.Build(Plans.Full, history, World.Rows()));
            foreach (FeatureDefinition feature in Plans.Full.Features)
            {
                Plans.Bits(Plans.Build(new FeaturePlan(feature), history, World.Rows()))[feature.Name].Should().Be(together[feature.Name], feature.Name);
            }
        },
        iter: 40);

    [Fact]
    public void Build_OtherEntitiesAddedOrSlicedAway_ChangesNoBit() => World.Random.Sample(
        world =>
        {
            ObservationSet rows = ObservationSet.At(["anna"], World.At(30));
            InMemoryHistory history = world.History();
            Same(Plans.Bits(Plans.Build(Plans.Full, history, rows)), Plans.Bits(Plans.Build(Plans.Full, history.Slice(["anna"]), rows)));
        },
        iter: Cases);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    [InlineData("ar-SA")]
    public void Build_InAnotherCulture_ChangesNoBit(string culture) => World.Random.Sample(
        world =>
        {
            Dictionary<string, string> before = Bits(world);
            CultureInfo was = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                Same(before, Bits(world));
            }
            finally
            {
                CultureInfo.CurrentCulture = was;
            }
        },
        iter: 20);

    [Fact]
    public void Build_CutoffsWrittenInAnotherOffset_ChangesNoBit() => World.Random.Sample(
        world =>
        {
            InMemoryHistory history = world.History();
            ObservationSet shifted = ObservationSet.Of(World.Rows().Select(o => o with { Cutoff = o.Cutoff!.Value.ToOffset(TimeSpan.FromHours(-9.5)) }));
            Same(Plans.Bits(Plans.Build(Plans.Full, history, World.Rows())), Plans.Bits(Plans.Build(Plans.Full, history, shifted)));
        },
        iter: 40);

    private static void Require(bool holds, FormattableString what)
    {
        if (!holds)
        {
            throw new Xunit.Sdk.XunitException(FormattableString.Invariant(what));
        }
    }

    private static double Scale(FeatureDefinition feature, World world) =>
        (feature.Aggregate == FeatureAggregate.Slope ? TimeSpan.TicksPerDay : 1) * Math.Max(1, world.Deeds.Select(d => Math.Abs(d.Amount)).Where(double.IsFinite).DefaultIfEmpty(1).Max());

    private static Dictionary<string, string> Bits(World world) => Plans.Bits(Plans.Build(Plans.Full, world.History(), World.Rows(), threads: 2));

    private static void Same(Dictionary<string, string> one, Dictionary<string, string> other)
    {
        foreach ((string name, string bits) in one)
        {
            other[name].Should().Be(bits, name);
        }
    }
}
