using CsCheck;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>Random worlds in which so many activities become known at another time than they happen that a column holds their known times: in 6 bytes, or in 8 where some delay has more than 48 bits.</summary>
internal static class LateWorlds
{
    private const int Enough = 160; // more than the lists of the first 64 rows and the next may hold

    internal static Gen<(World World, long[] Cutoffs)> Any { get; } =
        from world in Worlds.Any
        from more in Worlds.Any
        from longest in Pick(9L, 9, 162, 163, 4_000_000)
        from delays in Gen.OneOf(
            Pick(1L, -1, TimeSpan.TicksPerDay, -4 * TimeSpan.TicksPerDay, 9 * TimeSpan.TicksPerDay),
            Gen.Long[-longest, longest].Select(days => days * TimeSpan.TicksPerDay)).Array[Enough]
        let activities = (Activity[])[.. world.World.Activities, .. more.World.Activities, new Activity("anna", World.At(9).UtcTicks, 0, 1, "order", 0)]
        select (
            world.World with
            {
                Activities = [.. delays.Select((delay, i) => activities[i % activities.Length] with { Known = Math.Clamp(activities[i % activities.Length].At + delay, 0, DateTime.MaxValue.Ticks) })],
            },
            world.Cutoffs);

    private static Gen<long> Pick(params long[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
