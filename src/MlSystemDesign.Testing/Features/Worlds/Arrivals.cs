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
}
