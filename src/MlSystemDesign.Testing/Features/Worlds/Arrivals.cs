namespace MlSystemDesign.Testing.Features;

/// <summary>The rows of a world as they arrive at an engine, one by one.</summary>
internal static class Arrivals
{
    /// <summary>Lists the rows, activities first.</summary>
    internal static IEnumerable<Arrival> Of(World world) =>
    [
        .. world.Activities.Select(a => new Arrival("activities", a.Who, [a.Amount], [a.Kind])
        {
            Time = a.Time, KnownTime = a.KnownTime, Sequence = a.Sequence, EventKey = world.IsRevised ? (EntityKey)a.Key! : default, IsRetraction = world.IsRevised && a.IsRetraction,
        }),
        .. world.Traits.Select(t => new Arrival("people", t.Who, [t.Fee], [t.Plan]) { Time = t.Time, KnownTime = t.KnownTime }),
        .. world.Visits.Select(v => new Arrival("visits", v.Who, [v.Pages, v.Seconds], [v.Page, v.Device]) { Time = v.Time }),
        .. world.Profiles.Select(p => new Arrival("profiles", p.Who, [p.Score], [p.Segment])),
    ];

    /// <summary>Lists the rows in an order in which they can arrive.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">Seed of the order, or of the order of what becomes known at once.</param>
    /// <param name="asKnown">Whether what becomes known earlier comes earlier.</param>
    internal static Arrival[] InOrder(World world, int seed, bool asKnown)
    {
        Arrival[] rows = [.. Of(world)];
        new Random(seed).Shuffle(rows);
        return asKnown ? [.. rows.OrderBy(KnownTicks)] : rows;
    }

    /// <summary>Tells when a row becomes known: what is undated always was.</summary>
    internal static long KnownTicks(Arrival row) => row.Source switch
    {
        "visits" => Math.Min(row.Time.UtcTicks, DateTime.MaxValue.Ticks - World.VisitsKnownAfter.Ticks) + World.VisitsKnownAfter.Ticks,
        _ => row.KnownTime.UtcTicks,
    };
}
