namespace MlSystemDesign.Testing.Features;

/// <summary>A source as raw rows.</summary>
internal sealed record RawSource(string Name, string[] Columns, TimeWindow Observed, RawFact[] Facts)
{
    /// <summary>Lists the sources of a world.</summary>
    internal static RawSource[] Of(World world) =>
    [
        new("activities", ["amount", "kind"], world.ActivitiesObserved, world.IsRevised ? RawVersions.Facts(world.Activities.Select(d => (Row(d), d.Key!, d.IsRetraction))) : [.. world.Activities.Select(Row)]),
        new("people", ["fee", "plan"], world.PeopleObserved, [.. world.Traits.Select(t => new RawFact(t.Who, t.At, t.Known, 0, t.Fee, t.Plan))]),
        new("visits", ["pages", "page", "seconds", "device"], new TimeWindow(world.PeopleObserved.Start, world.ActivitiesObserved.End),
            [.. world.Visits.Select(v => new RawFact(v.Who, v.At, v.At + World.VisitsKnownAfter.Ticks, 0, v.Pages, v.Page, v.Seconds, v.Device))]),
        new("profiles", ["score", "segment"], world.PeopleObserved, [.. world.Profiles.Select(p => new RawFact(p.Who, 0, 0, 0, p.Score, p.Segment))]),
    ];

    /// <summary>Returns what was visible of somebody at a cutoff, newest first.</summary>
    internal RawFact[] Visible(string who, long cutoff)
    {
        List<RawFact> visible = [.. Facts.Where(f => f.Who == who && f.VisibleAt(cutoff))];
        visible.Sort((a, b) => RawFact.Compare(b, a));
        return [.. visible];
    }

    private static RawFact Row(Activity d) => new(d.Who, d.At, d.Known, d.Sequence, d.Amount, d.Kind);
}
