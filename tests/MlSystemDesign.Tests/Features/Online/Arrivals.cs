using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online;

/// <summary>The rows of a world as they arrive at an online engine, one by one.</summary>
internal static class Arrivals
{
    internal delegate void Adds(int source, in FactRow row);

    /// <summary>Lists the rows, deeds first.</summary>
    internal static List<Row> Rows(World world) =>
    [
        .. world.Deeds.Select(d => new Row("deeds", d.Who, [d.Amount], [d.Kind])
        {
            Time = d.Time, Known = d.KnownTime, Sequence = d.Sequence, Key = world.IsRevised ? d.Key : null, IsRetraction = world.IsRevised && d.IsRetraction,
        }),
        .. world.Traits.Select(t => new Row("people", t.Who, [t.Fee], [t.Plan]) { Time = t.Time, Known = t.KnownTime }),
        .. world.Visits.Select(v => new Row("visits", v.Who, [v.Pages, v.Seconds], [v.Page, v.Device]) { Time = v.Time }),
        .. world.Profiles.Select(p => new Row("profiles", p.Who, [p.Score], [p.Segment])),
    ];

    /// <summary>Adds the rows of a world to an engine.</summary>
    internal static void AddTo(OnlineFeatures engine, World world) => Rows(world).ForEach(r => r.AddTo(engine.Add, engine.SourceOf));

    /// <summary>Creates an engine for a world and adds its rows in random order.</summary>
    internal static OnlineFeatures Engine(World world, FeaturePlan plan, int seed)
    {
        OnlineFeatures engine = new(plan, world.History().Schema);
        Row[] rows = [.. Rows(world)];
        new Random(seed).Shuffle(rows);
        Array.ForEach(rows, r => r.AddTo(engine.Add, engine.SourceOf));
        return engine;
    }

    /// <summary>One row, kept until it is added.</summary>
    internal sealed record Row(string Source, string Who, double[] Numbers, string?[] Categories)
    {
        internal DateTimeOffset Time { get; init; }

        internal DateTimeOffset Known { get; init; }

        internal long Sequence { get; init; }

        internal string? Key { get; init; }

        internal bool IsRetraction { get; init; }

        internal void AddTo(Adds add, Func<string, int> sourceOf) => add(sourceOf(Source), new FactRow
        {
            Entity = Who, Time = Time, KnownTime = Known, Sequence = Sequence, EventKey = Key is null ? default : (EntityKey)Key, IsRetraction = IsRetraction, Numbers = Numbers, Categories = Categories,
        });
    }
}
