using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Features.Online;

/// <summary>The rows of a world as they arrive at an online engine, one by one.</summary>
internal static class Arrivals
{
    /// <summary>Lists what adds each row, deeds first.</summary>
    internal static List<Action<OnlineFeatures>> Of(World world) =>
    [
        .. world.Deeds.Select(d => (Action<OnlineFeatures>)(e => e.Add(e.SourceOf("deeds"), new FactRow
        {
            Entity = d.Who, Time = d.Time, KnownTime = d.KnownTime, Sequence = d.Sequence, Numbers = [d.Amount], Categories = [d.Kind],
            EventKey = world.IsRevised ? (EntityKey)d.Key! : default, IsRetraction = world.IsRevised && d.IsRetraction,
        }))),
        .. world.Traits.Select(t => (Action<OnlineFeatures>)(e => e.Add(e.SourceOf("people"), new FactRow { Entity = t.Who, Time = t.Time, KnownTime = t.KnownTime, Numbers = [t.Fee], Categories = [t.Plan] }))),
        .. world.Visits.Select(v => (Action<OnlineFeatures>)(e => e.Add(
            e.SourceOf("visits"), new FactRow { Entity = v.Who, Time = v.Time, Numbers = [v.Pages, v.Seconds], Categories = [v.Page, v.Device] }))),
        .. world.Profiles.Select(p => (Action<OnlineFeatures>)(e => e.Add(e.SourceOf("profiles"), new FactRow { Entity = p.Who, Numbers = [p.Score], Categories = [p.Segment] }))),
    ];

    /// <summary>Creates an engine for a world and adds its rows in random order.</summary>
    internal static OnlineFeatures Engine(World world, FeaturePlan plan, int seed)
    {
        OnlineFeatures engine = new(plan, world.History().Schema);
        List<Action<OnlineFeatures>> rows = Of(world);
        Random random = new(seed);
        foreach (Action<OnlineFeatures> add in rows.Select(r => (r, random.Next())).OrderBy(r => r.Item2).Select(r => r.r))
        {
            add(engine);
        }

        return engine;
    }
}
