using CsCheck;

namespace MlSystemDesign.Testing.Features;

/// <summary>Random worlds: ties, late facts, announcements, missing and extreme values, neighbours one tick apart, days on which clocks change, silent entities.</summary>
internal static class Worlds
{
    private static readonly string?[] Kinds = ["ticket", "order", "visit", null];

    private static readonly double[][] Palettes =
    [
        [double.NaN, 0.0, -0.0, 0.1, 0.2, 0.3, 19.99, -7.5, 1e9, 1e-9, 123456.78],
        [1e9 + 0.25, 1e9 + 0.5, 1e9 + 0.125, 1e9 + 1, 1e9, double.NaN],
        [0.1, Math.BitIncrement(0.1), Math.BitDecrement(0.1), Math.BitIncrement(Math.BitIncrement(0.1))],
        [1e300, -1e300, 0.5, 5e-324, -1e-310, double.MaxValue, -0.0, double.NaN, 3],
    ];

    private static readonly int[] FirstDays = [0, 0, 60, 275];

    // The clocks of New York changed on days 66 and 304, those of Amsterdam on days 87 and 297.
    private static readonly int[] ClockChanges = [66, 87, 297, 304];

    // Half past midnight and half past five UTC are in the gap or the repeated hour of a zone on such days.
    private static readonly double[] Hours = [0, 0, 0, 0.5, 1, 1.5, 5.5, 6, 6.5, 7, 7.5];

    private static Gen<double[]> Palette => Gen.Frequency((5, Gen.Const(Palettes[0])), (2, Gen.Const(Palettes[1])), (1, Gen.Const(Palettes[2])), (1, Gen.Const(Palettes[3])));

    /// <summary>Gets worlds of two sources in January 2026, with late facts and missing values.</summary>
    internal static Gen<World> Plain { get; } =
        from activities in Gen.Select(Person, Instant(0, 40), Pick(0, 0, 1, 9), Pick(Palettes[0]), Pick(Kinds)).Array[0, 60]
        from traits in Gen.Select(Person, Instant(0, 40), Pick(Palettes[0]), Pick(Kinds)).Array[0, 8]
        select new World(
            [.. activities.Select((d, i) => new Activity(d.Item1, d.Item2, d.Item2 + (d.Item3 * TimeSpan.TicksPerDay), d.Item4, d.Item5, i))],
            [.. traits.Select(t => new Trait(t.Item1, t.Item2, t.Item3, t.Item4))]);

    /// <summary>Gets a random world and cutoffs that fit it.</summary>
    internal static Gen<(World World, long[] Cutoffs)> Any { get; } =
        from first in Pick(FirstDays)
        from palette in Palette
        from activities in Gen.Select(Person, Instant(first, 40), Delay, Pick(palette), Pick(Kinds), Gen.Int[0, 3]).Array[0, 60]
        from traits in Gen.Select(Person, Instant(first, 40), Delay, Pick(Palettes[0]), Pick(Kinds)).Array[0, 8]
        from visits in Gen.Select(Person, Instant(first, 40), Pick(palette), Pick(Kinds), Pick(Palettes[0]), Pick("app", "web", null)).Array[0, 30]
        from profiles in Gen.Select(Person, Pick(Palettes[0]), Pick(Kinds)).Array[0, 3]
        from cutoffs in Instant(first, 60).Array[1, 5]
        select (
            new World(
                [.. activities.Select((d, i) => new Activity(d.Item1, d.Item2, Math.Clamp(d.Item2 + d.Item3, 0, DateTime.MaxValue.Ticks), d.Item4, d.Item5, d.Item6))],
                [.. traits.Select(t => new Trait(t.Item1, t.Item2, t.Item4, t.Item5) { Known = t.Item2 + t.Item3 })])
            {
                Visits = [.. visits.Select(v => new Visit(v.Item1, v.Item2, v.Item3, v.Item4, v.Item5, v.Item6)), new Visit("zed", World.At(first).UtcTicks, 1, "start", 2, "app")],
                Profiles = [.. profiles.Select(p => new Profile(p.Item1, p.Item2, p.Item3)), new Profile("zed", 1, "old")],
                ActivitiesObserved = new TimeWindow(World.At(first + 2), World.At(first + 38)),
                PeopleObserved = new TimeWindow(World.At(first), World.At(first + 41)),
            },
            cutoffs);

    /// <summary>Gets a random world in which some events have several versions, also of another time or entity, and some are retracted.</summary>
    internal static Gen<(World World, long[] Cutoffs)> Revised { get; } =
        from world in Any
        from versions in Gen.Select(Gen.Int[0, 14], Gen.Int[0, 5]).Array[60]
        select (
            world.World with
            {
                IsRevised = true,
                Activities = [.. world.World.Activities.Select((d, i) => d with { Key = $"key {versions[i].Item1}", IsRetraction = versions[i].Item2 == 0 })],
            },
            world.Cutoffs);

    /// <summary>Gets a random world at the edges of the range of time: the first and the last ticks there are.</summary>
    internal static Gen<(World World, long[] Cutoffs)> AtTheEdges { get; } =
        from activities in Gen.Select(Person, EdgeTick, EdgeTick, Pick(Palettes[0]), Pick(Kinds), Gen.Int[0, 3]).Array[0, 40]
        from visits in Gen.Select(Person, EdgeTick, Pick(Palettes[0]), Pick(Kinds)).Array[0, 20]
        from traits in Gen.Select(Person, EdgeTick, Pick(Palettes[0]), Pick(Kinds)).Array[0, 8]
        from cutoffs in EdgeTick.Array[1, 6]
        select (
            new World(
                [.. activities.Select(d => new Activity(d.Item1, d.Item2, d.Item3 % 3 == 0 ? d.Item3 : d.Item2, d.Item4, d.Item5, d.Item6))],
                [.. traits.Select(t => new Trait(t.Item1, t.Item2, t.Item3, t.Item4))])
            {
                Visits = [.. visits.Select(v => new Visit(v.Item1, v.Item2, v.Item3, v.Item4, 1, "web")), new Visit("zed", 0, 1, "start", 2, "app")],
                Profiles = [new Profile("zed", 1, "old"), new Profile("anna", 2, "new")],
                ActivitiesObserved = new TimeWindow(DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
                PeopleObserved = new TimeWindow(DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
            },
            cutoffs);

    private static Gen<string> Person => Gen.Frequency((3, Gen.Const("anna")), (2, Pick(World.People)));

    private static Gen<long> Delay => Gen.Frequency(
        (5, Gen.Const(0L)), (1, Gen.Const(1L)), (1, Gen.Const(TimeSpan.TicksPerDay)), (1, Gen.Const(9 * TimeSpan.TicksPerDay)), (1, Gen.Const(-4 * TimeSpan.TicksPerDay)));

    private static Gen<long> EdgeTick => Gen.Frequency(
        (3, Gen.Long[0, 3]),
        (1, Gen.Long[0, 40 * TimeSpan.TicksPerDay]),
        (1, Gen.Long[0, DateTime.MaxValue.Ticks]),
        (1, Gen.Long[DateTime.MaxValue.Ticks - (40 * TimeSpan.TicksPerDay), DateTime.MaxValue.Ticks]),
        (3, Gen.Long[DateTime.MaxValue.Ticks - 3, DateTime.MaxValue.Ticks]));

    /// <summary>Gets the rows of a case: everybody, and one nobody has heard of, at every cutoff.</summary>
    internal static ObservationSet Rows(long[] cutoffs) => ObservationSet.Of(
        cutoffs.SelectMany(cutoff => World.People.Append("nobody").Select(who => new Observation(who, new DateTimeOffset(cutoff, TimeSpan.Zero)))));

    // Whole days, so that window edges are hit often; neighbours one tick and one microsecond away; hours at which clocks change, mostly on the days on which they do; any tick.
    private static Gen<long> Instant(int first, int days)
    {
        int[] changes = [.. ClockChanges.Where(day => day >= first && day <= first + days)];
        Gen<long> day = Gen.Int[0, days].Select(d => World.At(first + d).UtcTicks);
        Gen<long> changing = changes.Length == 0 ? day : Gen.Frequency((1, day), (2, Pick(changes).Select(d => World.At(d).UtcTicks)));
        return Gen.Frequency(
            (4, day),
            (2, Gen.Select(day, Pick(-1L, 1, 10, -10), (d, nudge) => d + nudge)),
            (2, Gen.Select(changing, Pick(Hours), (d, hour) => d + TimeSpan.FromHours(hour).Ticks)),
            (1, Gen.Select(day, Gen.Long[0, TimeSpan.TicksPerDay], (d, within) => d + within)));
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
