using CsCheck;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online;

/// <summary>The value read online is the batch value, bit for bit, whatever arrives in whichever order.</summary>
public sealed class OnlineLawTests
{
    [Fact]
    public void Read_AnyWorldInAnyOrder_GivesTheBitsOfTheBatch() => Gen.Select(Worlds.Any, RandomPlans.Any, Gen.Int).Sample(
        (world, plan, seed) => Check(world, plan, seed), iter: Cases.Many);

    [Fact]
    public void Read_AtTheEdgesOfTime_GivesTheBitsOfTheBatch() => Gen.Select(Worlds.AtTheEdges, RandomPlans.Any, Gen.Int).Sample(
        (world, plan, seed) => Check(world, plan, seed), iter: Cases.Many);

    [Fact]
    public void Read_RevisedAndRetractedInAnyOrder_GivesTheBitsOfTheBatch() => Gen.Select(Worlds.Revised, RandomPlans.Any, Gen.Int).Sample(
        (world, plan, seed) => Check(world, plan, seed), iter: Cases.Many);

    [Fact]
    public void Read_ManyFactsKnownAtOtherTimes_GivesTheBitsOfTheBatch() => Gen.Select(LateWorlds.Any, RandomPlans.Any, Gen.Int).Sample(
        (world, plan, seed) => Check(world, plan, seed), iter: Cases.Some);

    [Fact]
    public void Read_WhileFactsArrive_GivesTheBitsOfTheFactsSoFar() => Gen.Select(Gen.OneOf(Worlds.Any, Worlds.Revised), RandomPlans.Any, Gen.Int[0, 60]).Sample(
        (world, plan, split) =>
        {
            World all = world.World, first = all with { Activities = [.. all.Activities.Take(split)] };
            OnlineFeatures engine = Arrivals.Engine(first, plan, split);
            ObservationSet rows = Worlds.Rows(world.Cutoffs);
            Same(first, plan, rows, engine);
            Arrivals.AddTo(engine, all with { Activities = [.. all.Activities.Skip(split)], Traits = [], Visits = [], Profiles = [] });

            Same(all, plan, rows, engine);
        },
        iter: Cases.Some);

    [Fact]
    public void Read_OneRowAtATime_GivesWhatTheTableHas() => Gen.Select(Worlds.Any, RandomPlans.Any, Gen.Int).Sample(
        (world, plan, seed) =>
        {
            OnlineFeatures engine = Arrivals.Engine(world.World, plan, seed);
            ObservationSet rows = Worlds.Rows(world.Cutoffs);
            FeatureTable table = engine.Read(rows);
            double[] numbers = new double[table.Schema.Count];
            string?[] texts = new string?[table.Schema.Count];
            for (int row = 0; row < rows.Count; row++)
            {
                engine.Read(rows.Entities[row], new DateTimeOffset(rows.CutoffTicks[row], TimeSpan.Zero), numbers, texts);
                for (int c = 0; c < table.Schema.Count; c++)
                {
                    (table.Schema[c].Kind == ColumnKind.Number
                        ? BitConverter.DoubleToInt64Bits(numbers[c]) == BitConverter.DoubleToInt64Bits(table.Numbers(c)[row])
                        : texts[c] == (table.Codes(c)[row] is var code and >= 0 ? table.Schema[c].Levels[code] : null)).Should().BeTrue(table.Schema[c].Name);
                }
            }
        },
        iter: Cases.Some);

    [Fact]
    public void Forget_WithLimitedWindows_ChangesNoRowThatMayStillBeRead() => Gen.Select(Gen.OneOf(Worlds.Any, Worlds.Revised), Gen.Int[0, 40], Gen.Int, Gen.Bool).Sample(
        (world, day, seed, late) =>
        {
            FeaturePlan plan = FeaturePlan.For("activities", f => f.OverDays(3, 10).Count().Sum("amount").Std("amount").Slope("amount").Mode("kind").Coverage()).And("people", f => f.Attribute("fee"));
            DateTimeOffset before = new(world.World.ActivitiesObserved.Start.AddDays(day - 2).UtcTicks, TimeSpan.Zero);
            ObservationSet rows = Worlds.Rows([.. world.Cutoffs.Append(before.UtcTicks).Select(c => Math.Max(c, before.AddDays(10).UtcTicks))]);
            World first = late ? world.World with { Activities = [.. world.World.Activities.Take(20)] } : world.World;
            OnlineFeatures engine = Arrivals.Engine(first, plan, seed);
            engine.Forget(before);
            Arrivals.AddTo(engine, world.World with { Activities = [.. world.World.Activities.Skip(late ? 20 : 100)], Traits = [], Visits = [], Profiles = [] });

            engine.KeptSince.Should().Be(before);
            World kept = world.World with { Activities = [.. world.World.Activities.Where((d, i) => !late || i < 20 || !world.World.IsRevised || d.Known >= before.UtcTicks)] };
            Dictionary<string, string> bits = Plans.Bits(engine.Read(rows)), expected = Plans.Bits(Plans.Build(plan, kept.History(), rows));
            // Whether anything was known of an entity is not told by a version that came late and happened before what is kept.
            foreach (string name in expected.Keys.Where(n => !late || !world.World.IsRevised || !n.Contains("coverage", StringComparison.Ordinal)))
            {
                bits[name].Should().Be(expected[name], name);
            }
        },
        iter: Cases.Some);

    [Fact]
    public void Forget_OfEvents_LeavesARetractedAttributeRetractedWhenItsRowComesAgain()
    {
        FeaturePlan plan = FeaturePlan.For("activities", f => f.OverDays(3).Count()).And("people", f => f.Attribute("fee"));
        OnlineFeatures engine = new(plan, new World([], []).History().Schema);
        int people = engine.SourceOf("people");
        void AddFee() => engine.Add(people, new FactRow { Entity = "anna", Time = World.At(1), KnownTime = World.At(1), EventKey = "contract", Numbers = [9], Categories = ["basic"] });
        AddFee();
        engine.Add(people, new FactRow { Entity = "anna", Time = World.At(1), KnownTime = World.At(5), EventKey = "contract", IsRetraction = true });
        engine.Forget(World.At(10));
        ObservationSet rows = ObservationSet.At([(EntityKey)"anna"], World.At(20));
        Dictionary<string, string> before = Plans.Bits(engine.Read(rows));

        AddFee();

        Plans.Bits(engine.Read(rows)).Should().Equal(before);
        double.IsNaN(engine.Read(rows).Numbers(1)[0]).Should().BeTrue();
    }

    private static void Check((World World, long[] Cutoffs) world, FeaturePlan plan, int seed) => new FeatureCase(world.World, plan, world.Cutoffs).Check(
        c => Same(c.World, c.Plan, Worlds.Rows(c.Cutoffs), Arrivals.Engine(c.World, c.Plan, seed)));

    private static void Same(World world, FeaturePlan plan, ObservationSet rows, OnlineFeatures engine)
    {
        Dictionary<string, string> bits = Plans.Bits(engine.Read(rows));
        foreach ((string name, string expected) in Plans.Bits(Plans.Build(plan, world.History(), rows)))
        {
            bits[name].Should().Be(expected, name);
        }
    }
}
