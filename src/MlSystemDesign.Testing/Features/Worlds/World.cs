using CsCheck;
using MlSystemDesign.History;

namespace MlSystemDesign.Testing.Features;

/// <summary>A small history as raw rows, made by hand or at random (<see cref="Worlds"/>), with everything that hurts.</summary>
internal sealed record World(Activity[] Activities, Trait[] Traits)
{
    internal static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    internal static readonly string[] People = ["anna", "ben", "çelik", "İpek"];
    internal static readonly TimeSpan VisitsKnownAfter = TimeSpan.FromDays(1);

    /// <summary>Gets plain random worlds in January 2026: no announcements, no extremes. <see cref="Worlds"/> has them.</summary>
    internal static Gen<World> Random => Worlds.Plain;

    /// <summary>Gets a value indicating whether activities are versions of events: revised and retracted by their keys.</summary>
    internal bool IsRevised { get; init; }

    internal Visit[] Visits { get; init; } = [];

    internal Profile[] Profiles { get; init; } = [];

    internal TimeWindow ActivitiesObserved { get; init; } = new(At(2), At(38));

    internal TimeWindow PeopleObserved { get; init; } = new(At(0), At(41));

    internal static DateTimeOffset At(double days) => Origin.AddTicks((long)(days * TimeSpan.TicksPerDay));

    /// <summary>Every person, and one nobody has heard of, at cutoffs on and between the days.</summary>
    internal static ObservationSet Rows() => Worlds.Rows([.. new[] { 0.0, 3, 10, 17.5, 30, 37, 55 }.Select(day => At(day).UtcTicks)]);

    /// <summary>Builds the history; the observed span is declared, so that no fact moves it. Visits and profiles are sources only where there are any.</summary>
    internal InMemoryHistory History() => Sources().Build().History;

    /// <summary>Returns a builder with the sources.</summary>
    internal HistoryBuilder Sources()
    {
        HistoryBuilder builder = new HistoryBuilder()
            .AddEvents("activities", Activities, MapActivities)
            .AddAttributes("people", Traits, m => m
                .Entity(t => t.Who).Time(t => t.Time).KnownTime(t => t.KnownTime)
                .Number("fee", t => t.Fee, "EUR").Category("plan", t => t.Plan).ObservedFrom(PeopleObserved.Start).ObservedUntil(PeopleObserved.End));
        if (Visits.Length > 0)
        {
            builder.AddEvents("visits", Visits, m => m
                .Entity(v => v.Who).Time(v => v.Time).KnownAfter(VisitsKnownAfter)
                .Number("pages", v => v.Pages).Category("page", v => v.Page).Number("seconds", v => v.Seconds, "s").Category("device", v => v.Device)
                .ObservedFrom(PeopleObserved.Start).ObservedUntil(ActivitiesObserved.End));
        }

        if (Profiles.Length > 0)
        {
            builder.AddAttributes("profiles", Profiles, m => m.Entity(p => p.Who).Number("score", p => p.Score).Category("segment", p => p.Segment));
        }

        return builder;
    }

    /// <summary>Says how an activity becomes a fact.</summary>
    internal void MapActivities(ObjectMapping<Activity> map)
    {
        map.Entity(d => d.Who).Time(d => d.Time).KnownTime(d => d.KnownTime).Sequence(d => d.Sequence)
            .Number("amount", d => d.Amount, "EUR").Category("kind", d => d.Kind).ObservedFrom(ActivitiesObserved.Start).ObservedUntil(ActivitiesObserved.End);
        if (IsRevised)
        {
            map.EventKey(d => d.Key).Retracted(d => d.IsRetraction);
        }
    }
}
