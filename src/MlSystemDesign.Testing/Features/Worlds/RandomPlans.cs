using System.Globalization;
using CsCheck;
using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>Random plans over the sources of a world: any aggregate, over any window, behind any filter.</summary>
internal static class RandomPlans
{
    private static readonly (string Source, string[] Numbers, string[] Categories)[] Events =
        [("activities", ["amount"], ["kind"]), ("activities", ["amount"], ["kind"]), ("visits", ["pages", "seconds"], ["page", "device"])];

    private static readonly (string Source, string[] Numbers, string[] Categories)[] Attributes = [("people", ["fee"], ["plan"]), ("profiles", ["score"], ["segment"])];

    private static readonly TimeSpan[] HalfLives = [TimeSpan.FromDays(7), TimeSpan.FromHours(12), TimeSpan.FromDays(10_000), TimeSpan.FromTicks(10)];

    private static readonly TimeSpan[] PeriodLengths = [TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromHours(5), TimeSpan.FromTicks(1), TimeSpan.FromDays(4000)];

    /// <summary>Gets windows of every kind but last events, with and without lag.</summary>
    internal static Gen<FeatureWindow> TimeWindows { get; } = Gen.Select(
        Gen.Frequency(
            (4, Pick(1, 3, 10, 30, 400_000).Select(days => FeatureWindow.Of(TimeSpan.FromDays(days)))),
            (1, Pick(1L, 10, TimeSpan.TicksPerHour, long.MaxValue).Select(ticks => FeatureWindow.Of(TimeSpan.FromTicks(ticks)))),
            (2, Gen.Select(Pick(1, 2, 12), Zone, (months, zone) => FeatureWindow.OfMonths(months, zone))),
            (2, Gen.Select(Pick(1, 7, 30), Zone, (days, zone) => FeatureWindow.OfCalendarDays(days, zone))),
            (2, Gen.Const(FeatureWindow.WholeHistory))),
        Lag,
        (window, lag) => window.LaggedBy(lag));

    /// <summary>Gets windows of every kind.</summary>
    internal static Gen<FeatureWindow> Windows { get; } = Gen.Frequency(
        (4, TimeWindows), (1, Gen.Select(Pick(1, 2, 3, 10), Lag, (events, lag) => FeatureWindow.OfLastEvents(events).LaggedBy(lag))));

    /// <summary>Gets plans of one to some features.</summary>
    internal static Gen<FeaturePlan> Any { get; } = Plans(Feature(Windows, Enum.GetValues<FeatureAggregate>()));

    /// <summary>Gets plans of one to some features of some aggregates, over some kinds of windows.</summary>
    internal static Gen<FeaturePlan> Of(IReadOnlyCollection<FeatureAggregate> aggregates, IReadOnlyCollection<WindowKind> kinds, bool lagged) =>
        Plans(Feature(Windows.Where(w => kinds.Contains(w.Kind) && (lagged || w.Lag == TimeSpan.Zero)), [.. aggregates]));

    /// <summary>Gets plans whose features all look at one window and at nothing outside of it.</summary>
    internal static Gen<(FeaturePlan Plan, FeatureWindow Window)> OfOneWindow { get; } = TimeWindows.SelectMany(
        window => Plans(Feature(
            Gen.Const(window),
            [.. Enum.GetValues<FeatureAggregate>().Where(a => a is not (FeatureAggregate.Custom or FeatureAggregate.Coverage or FeatureAggregate.Expression) && AggregateTraits.Of(a).HasWindow)])),
        (window, plan) => (plan, window));

    private static Gen<string> Zone => Pick("Europe/Amsterdam", "America/New_York", "UTC");

    private static Gen<TimeSpan> Lag => Gen.Frequency((3, Gen.Const(TimeSpan.Zero)), (1, Pick(TimeSpan.FromTicks(1), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(400_000))));

    private static Gen<FeaturePlan> Plans(Gen<FeatureDefinition> feature) => feature.Array[1, 12].Select(
        features => new FeaturePlan(features.Select((f, i) => f with { Name = string.Create(CultureInfo.InvariantCulture, $"f{i}_{f.Aggregate}") })));

    private static Gen<FeatureDefinition> Feature(Gen<FeatureWindow> windows, FeatureAggregate[] aggregates) =>
        from aggregate in Pick([.. aggregates.Where(a => a != FeatureAggregate.Expression)])
        from input in Pick(AggregateInput.Events, AggregateInput.Number, AggregateInput.Category)
        let custom = aggregate == FeatureAggregate.Custom ? ReferenceProbe.Of(input) : null
        let traits = custom?.Traits ?? AggregateTraits.Of(aggregate)
        from source in Source(aggregate)
        from window in windows
        from parameter in Parameter(aggregate)
        from period in Period(aggregate)
        from column in Column(traits.Input, source.Numbers, source.Categories)
        from filters in Gen.Frequency((3, Gen.Const(Array.Empty<EventFilter>())), (2, Filter(source.Numbers, source.Categories).Array[1, 2]))
        let takesWindow = traits.HasWindow
        let coverage = aggregate == FeatureAggregate.Coverage
        select new FeatureDefinition
        {
            Name = "unnamed",
            Source = source.Source,
            Aggregate = aggregate,
            Column = column,
            Window = !takesWindow ? null : coverage && window.Kind is WindowKind.WholeHistory or WindowKind.LastEvents ? FeatureWindow.Of(TimeSpan.FromDays(30)) : window,
            Parameter = parameter,
            Period = period,
            Custom = custom,
            Where = coverage ? [] : filters,
        };

    private static Gen<(string Source, string[] Numbers, string[] Categories)> Source(FeatureAggregate aggregate) => aggregate switch
    {
        FeatureAggregate.Attribute or FeatureAggregate.Category => Pick([.. Events, .. Attributes, .. Attributes]),
        FeatureAggregate.Age => Pick(Attributes),
        _ => Pick(Events),
    };

    private static Gen<string?> Column(AggregateInput input, string[] numbers, string[] categories) => input switch
    {
        AggregateInput.Number => Pick<string?>(numbers),
        AggregateInput.Category => Pick<string?>(categories),
        AggregateInput.NumberOrCategory => Pick<string?>([.. numbers, .. categories]),
        _ => Pick<string?>([null]),
    };

    private static Gen<double?> Parameter(FeatureAggregate aggregate) => aggregate switch
    {
        FeatureAggregate.Last or FeatureAggregate.LastCategory or FeatureAggregate.TopShare => Pick<double?>(null, 1, 2, 5),
        FeatureAggregate.Quantile => Pick<double?>(0, 0.1, 0.25, 0.5, 1.0 / 3, 0.9, 1),
        _ => Pick<double?>([null]),
    };

    private static Gen<TimeSpan?> Period(FeatureAggregate aggregate) => aggregate switch
    {
        FeatureAggregate.DecayedCount or FeatureAggregate.DecayedSum or FeatureAggregate.DecayedMean => Pick(HalfLives).Select(h => (TimeSpan?)h),
        FeatureAggregate.ActivePeriods or FeatureAggregate.CurrentStreak or FeatureAggregate.LongestStreak => Pick(PeriodLengths).Select(p => (TimeSpan?)p),
        FeatureAggregate.Attribute or FeatureAggregate.Category => Pick<TimeSpan?>(null, TimeSpan.FromDays(5), TimeSpan.FromDays(10), TimeSpan.FromTicks(1)),
        _ => Pick<TimeSpan?>([null]),
    };

    private static Gen<EventFilter> Filter(string[] numbers, string[] categories) => Gen.Frequency(
        (1, Gen.Select(Pick(categories), Pick("ticket", "order", "web", "unheard of"), Gen.Bool, (column, text, isNot) => isNot ? EventFilter.IsNot(column, text) : EventFilter.Is(column, text))),
        (1, Gen.Select(
            Pick(numbers),
            Pick(FilterOperator.Above, FilterOperator.Below, FilterOperator.AtLeast, FilterOperator.AtMost),
            Pick(0, -0.0, 0.1, 0.2, 19.99, 1e9, 1e300, -8),
            (column, comparison, limit) => new EventFilter(column, comparison, null, limit))));

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
