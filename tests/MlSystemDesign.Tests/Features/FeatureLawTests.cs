using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Features;

/// <summary>The laws of the design: what must not change a bit, of any plan over any world. For a longer run see <see cref="Cases"/>.</summary>
public sealed class FeatureLawTests
{
    private static readonly Gen<(World World, long[] Cutoffs)> AnyWorld = Gen.Frequency((4, Worlds.Any), (1, Worlds.AtTheEdges), (2, Worlds.Revised), (1, LateWorlds.Any));

    [Fact]
    public void Build_RowsOfTheHistoryShuffled_ChangesNoBit() => Gen.Select(AnyWorld, RandomPlans.Any, Gen.Int).Sample(
        (world, plan, seed) => new FeatureCase(world.World, plan, world.Cutoffs).Check(
            c => Same(Bits(c.Plan, c.World, c.Cutoffs), Bits(c.Plan, Shuffled(c.World, new Random(seed)), c.Cutoffs))),
        iter: Cases.Many);

    [Fact]
    public void Build_OnManyThreads_ChangesNoBit() => Gen.Select(AnyWorld, RandomPlans.Any).Sample(
        (world, plan) =>
        {
            // Enough entities for several steps: everybody else is unknown.
            ObservationSet rows = ObservationSet.Concat(
                [Worlds.Rows(world.Cutoffs), ObservationSet.At(Enumerable.Range(0, 700).Select(i => (EntityKey)$"p{i}"), World.At(17)), Worlds.Rows(world.Cutoffs)]);
            InMemoryHistory history = world.World.History();
            Dictionary<string, string> one = Plans.Bits(Plans.Build(plan, history, rows));
            Same(one, Plans.Bits(Plans.Build(plan, history, rows, threads: 2)));
            Same(one, Plans.Bits(Plans.Build(plan, history, rows, threads: 8)));
        },
        iter: Cases.Few);

    [Fact]
    public void Build_ManyBusyEntitiesOnManyThreads_ChangesNoBit() => Gen.Select(Worlds.Any, RandomPlans.Any).Sample(
        (world, plan) =>
        {
            // The same person many times over, under other names.
            World crowd = world.World with
            {
                Activities = [.. Enumerable.Range(0, 300).SelectMany(i => world.World.Activities.Select(d => d with { Who = $"{d.Who}{i}" }))],
            };
            InMemoryHistory history = crowd.History();
            ObservationSet rows = ObservationSet.Of(
                world.Cutoffs.SelectMany(c => Enumerable.Range(0, 300).SelectMany(i => World.People.Select(p => new Observation($"{p}{i}", new DateTimeOffset(c, TimeSpan.Zero))))));
            FeatureTable one = Plans.Build(plan, history, rows);
            Same(Plans.Bits(one), Plans.Bits(Plans.Build(plan, history, rows, threads: 8)));
        },
        iter: Cases.Few);

    [Fact]
    public void Build_RowsReordered_GivesTheSameRows() => Gen.Select(AnyWorld, RandomPlans.Any, Gen.Int).Sample(
        (world, plan, seed) =>
        {
            ObservationSet rows = Worlds.Rows(world.Cutoffs);
            int[] order = [.. Enumerable.Range(0, rows.Count)];
            new Random(seed).Shuffle(order);
            InMemoryHistory history = world.World.History();
            Same(Plans.Bits(Plans.Build(plan, history, rows).SelectRows(order)), Plans.Bits(Plans.Build(plan, history, rows.Select(order))));
        },
        iter: Cases.Many);

    [Fact]
    public void Build_EachRowAlone_HasTheBitsItHasAmongOthers() => Gen.Select(AnyWorld, RandomPlans.Any).Sample(
        (world, plan) => new FeatureCase(world.World, plan, world.Cutoffs).Check(c =>
        {
            InMemoryHistory history = c.World.History();
            ObservationSet rows = Worlds.Rows(c.Cutoffs);
            FeatureTable together = Plans.Build(c.Plan, history, rows);
            for (int row = 0; row < rows.Count; row++)
            {
                SameValues(together.SelectRows([row]), Plans.Build(c.Plan, history, rows.Select([row])));
            }
        }),
        iter: Cases.Some);

    [Fact]
    public void Build_PersonByPersonDayByDay_HasTheBitsOfEachRowAlone() => Gen.Select(AnyWorld, RandomPlans.Any, Gen.Int[1, 25]).Sample(
        (world, plan, days) =>
        {
            // As panels are: rows stand in the order in which they are computed, and most share the results of the day before.
            DateTimeOffset first = new(Math.Min(world.Cutoffs[0], DateTime.MaxValue.Ticks - (days * TimeSpan.TicksPerDay)), TimeSpan.Zero);
            ObservationSet rows = ObservationSet.Of(World.People.SelectMany(who => Enumerable.Range(0, days).Select(day => new Observation(who, first.AddDays(day)))));
            InMemoryHistory history = world.World.History();
            FeatureTable together = Plans.Build(plan, history, rows);
            for (int row = 0; row < rows.Count; row++)
            {
                SameValues(together.SelectRows([row]), Plans.Build(plan, history, rows.Select([row])));
            }
        },
        iter: Cases.Some);

    [Fact]
    public void Build_FutureAndUnknownFactsAddedChangedAndDeleted_ChangesNoBit() => Gen.Select(AnyWorld, AnyWorld, RandomPlans.Any).Sample(
        (world, other, plan) =>
        {
            foreach (long cutoff in world.Cutoffs)
            {
                // A version that is known hides those before it, even when it says that the event is yet to happen.
                ObservationSet rows = Worlds.Rows([cutoff]);
                Same(
                    Plans.Bits(Plans.Build(plan, world.World.History(), rows)),
                    Plans.Bits(Plans.Build(plan, Joined(world.World, other.World, (at, known) => known < cutoff && (world.World.IsRevised || at < cutoff)).History(), rows)));
            }
        },
        iter: Cases.Many);

    [Fact]
    public void Build_FactsOutsideTheWindowChanged_ChangesNoBitOfIt() => Gen.Select(Worlds.Any, Worlds.Any, RandomPlans.OfOneWindow).Sample(
        (world, other, plan) =>
        {
            foreach (long cutoff in world.Cutoffs)
            {
                ObservationSet rows = Worlds.Rows([cutoff]);
                ReferenceWindow window = ReferenceWindow.Of(plan.Window, cutoff);
                Same(
                    Plans.Bits(Plans.Build(plan.Plan, world.World.History(), rows)),
                    Plans.Bits(Plans.Build(plan.Plan, Joined(world.World, other.World, (at, _) => window.Contains(at)).History(), rows)));
            }
        },
        iter: Cases.Many);

    [Fact]
    public void Build_EachFeatureAlone_HasTheBitsItHasAmongOthers() => Gen.Select(AnyWorld, RandomPlans.Any).Sample(
        (world, plan) => new FeatureCase(world.World, plan, world.Cutoffs).Check(c =>
        {
            InMemoryHistory history = c.World.History();
            ObservationSet rows = Worlds.Rows(c.Cutoffs);
            Dictionary<string, string> together = Plans.Bits(Plans.Build(c.Plan, history, rows));
            foreach (FeatureDefinition feature in c.Plan.Features)
            {
                Plans.Bits(Plans.Build(new FeaturePlan(feature), history, rows))[feature.Name].Should().Be(together[feature.Name], feature.Name);
            }
        }),
        iter: Cases.Some);

    [Fact]
    public void Build_OtherEntitiesAddedOrSlicedAway_ChangesNoBit() => Gen.Select(AnyWorld, AnyWorld, RandomPlans.Any).Sample(
        (world, other, plan) =>
        {
            ObservationSet rows = ObservationSet.Of(world.Cutoffs.Select(c => new Observation("anna", new DateTimeOffset(c, TimeSpan.Zero))));
            InMemoryHistory history = world.World.History();
            Dictionary<string, string> bits = Plans.Bits(Plans.Build(plan, history, rows));
            World crowded = world.World with
            {
                Activities = [.. world.World.Activities, .. other.World.Activities.Select((d, i) => d with { Who = d.Who + "2", Key = $"2 {i}" })],
                Visits = [.. world.World.Visits, .. other.World.Visits.Select(v => v with { Who = v.Who + "2", Page = v.Page + "!" })],
            };
            Same(bits, Plans.Bits(Plans.Build(plan, history.Slice(["anna"]), rows)));
            Same(bits, Bits(plan, crowded.History(), rows));
        },
        iter: Cases.Many);

    [Fact]
    public void Build_FromAHistoryOfAnotherMake_GivesTheSameBits() => Gen.Select(AnyWorld, RandomPlans.Any).Sample(
        (world, plan) => new FeatureCase(world.World, plan, world.Cutoffs).Check(c =>
        {
            InMemoryHistory history = c.World.History();
            ObservationSet rows = Worlds.Rows(c.Cutoffs);
            Same(Bits(c.Plan, history, rows), Bits(c.Plan, new ForeignHistory(history), rows));
        }),
        iter: Cases.Many);

    [Fact]
    public void Build_AfterAppendingSlicingAndOverlaying_GivesTheSameBits() => Gen.Select(Gen.OneOf(Worlds.Any, Worlds.Revised, LateWorlds.Any), RandomPlans.Any, Gen.Int[0, 60]).Sample(
        (world, plan, split) =>
        {
            World all = world.World;
            InMemoryHistory history = all.History();
            ObservationSet rows = Worlds.Rows(world.Cutoffs);
            Dictionary<string, string> bits = Bits(plan, history, rows);
            World later = all with { Activities = [.. all.Activities.Skip(split)] };
            InMemoryHistory grown = (all with { Activities = [.. all.Activities.Take(split)] }).History().Append(b => b.AddEvents("activities", later.Activities, all.MapActivities));
            Same(bits, Bits(plan, grown, rows));
            Same(bits, Bits(plan, history.Overlay([history.LookAhead.ReadAll("ben"), history.LookAhead.ReadAll("anna")]), rows));
            Same(bits, Bits(plan, history.Slice([.. World.People.Select(p => (EntityKey)p)]), rows));
        },
        iter: Cases.Some);

    [Fact]
    public void Build_CutoffsWrittenInAnotherOffset_ChangesNoBit() => Gen.Select(Worlds.Any, RandomPlans.Any).Sample(
        (world, plan) =>
        {
            InMemoryHistory history = world.World.History();
            ObservationSet rows = Worlds.Rows(world.Cutoffs), shifted = ObservationSet.Of(rows.Select(o => o with { Cutoff = o.Cutoff!.Value.ToOffset(TimeSpan.FromHours(-9.5)) }));
            Same(Bits(plan, history, rows), Bits(plan, history, shifted));
        },
        iter: Cases.Some);

    private static Dictionary<string, string> Bits(FeaturePlan plan, World world, long[] cutoffs) => Bits(plan, world.History(), Worlds.Rows(cutoffs));

    private static Dictionary<string, string> Bits(FeaturePlan plan, IHistory history, ObservationSet rows) => Plans.Bits(Plans.Build(plan, history, rows, threads: 2));

    private static World Shuffled(World world, Random random) => world with
    {
        Activities = [.. world.Activities.OrderBy(_ => random.Next())],
        Traits = [.. world.Traits.OrderBy(_ => random.Next())],
        Visits = [.. world.Visits.OrderBy(_ => random.Next())],
    };

    /// <summary>Takes the dated facts that are to be kept from one world, and the others from another one.</summary>
    private static World Joined(World world, World other, Func<long, long, bool> keeps) => world with
    {
        Activities = [.. world.Activities.Where(d => keeps(d.At, d.Known)), .. other.Activities.Where(d => !keeps(d.At, d.Known)).Select((d, i) => d with { Key = d.Key ?? $"key {i % 20}" })],
        Traits = [.. world.Traits.Where(t => keeps(t.At, t.Known)), .. other.Traits.Where(t => !keeps(t.At, t.Known))],
        Visits =
        [
            .. world.Visits.Where(v => v.Who == "zed" || keeps(v.At, v.At + World.VisitsKnownAfter.Ticks)),
            .. other.Visits.Where(v => v.Who != "zed" && !keeps(v.At, v.At + World.VisitsKnownAfter.Ticks)),
        ],
    };

    private static void Same(Dictionary<string, string> one, Dictionary<string, string> other)
    {
        foreach ((string name, string bits) in one)
        {
            other[name].Should().Be(bits, name);
        }
    }

    // The levels of a category are those of a table's rows, so that one row has other codes than many.
    private static void SameValues(FeatureTable one, FeatureTable other)
    {
        for (int c = 0; c < one.Schema.Count; c++)
        {
            (one.Schema[c].Kind == ColumnKind.Number
                ? BitConverter.DoubleToInt64Bits(one.Numbers(c)[0]) == BitConverter.DoubleToInt64Bits(other.Numbers(c)[0])
                : Level(one, c) == Level(other, c)).Should().BeTrue(one.Schema[c].Name);
        }
    }

    private static string? Level(FeatureTable table, int column) => table.Codes(column)[0] is var code and >= 0 ? table.Schema[column].Levels[code] : null;
}
