using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>The definitions of the features, written down as directly as possible: raw rows, LINQ, textbook formulas, integers where digits matter. Shares no code with the engine.</summary>
/// <remarks>A result that no double can hold is missing.</remarks>
internal sealed class ReferenceFeatures(RawSource[] sources)
{
    internal ReferenceFeatures(World world)
        : this(RawSource.Of(world))
    {
    }

    /// <summary>Computes a number feature.</summary>
    internal ReferenceValue Number(FeatureDefinition feature, string who, long cutoff)
    {
        if (feature.Aggregate == FeatureAggregate.Coverage)
        {
            return Coverage(feature, who, cutoff);
        }

        RawFact[] facts = Facts(feature, who, cutoff);
        long[] times = [.. facts.Select(f => f.At)];
        ReferenceValue value = feature.Aggregate switch
        {
            FeatureAggregate.Count => new(facts.Length),
            FeatureAggregate.Recency => Days(times.Length == 0 ? null : cutoff - times.Max()),
            FeatureAggregate.Tenure => Days(times.Length == 0 ? null : cutoff - times.Min()),
            FeatureAggregate.Age => Days(times.Length == 0 || times[0] == 0 ? null : cutoff - times[0]),
            FeatureAggregate.Attribute => new(Holding(feature, facts, cutoff) is { } fact ? (double)Value(feature, fact)! : double.NaN),
            FeatureAggregate.GapLast => Days(times.Length < 2 ? null : times[0] - times[1]),
            FeatureAggregate.GapMean => times.Length < 2 ? ReferenceValue.Missing : Near((double)((decimal)(times[0] - times[^1]) / (times.Length - 1) / TimeSpan.TicksPerDay), 1e-15),
            FeatureAggregate.GapStd => times.Length < 3 ? ReferenceValue.Missing : Near(Exact.Std([.. times.Zip(times.Skip(1), (newer, older) => newer - older)]) / TimeSpan.TicksPerDay, 1e-9),
            FeatureAggregate.ActivePeriods or FeatureAggregate.CurrentStreak or FeatureAggregate.LongestStreak =>
                new(ReferencePeriods.Of(feature.Aggregate, times, cutoff - feature.Window!.Lag.Ticks, feature.Period!.Value.Ticks)),
            FeatureAggregate.DecayedCount => ReferenceDecay.Sum([.. times.Select(_ => 1.0)], times, cutoff, feature.Period!.Value),
            FeatureAggregate.Distinct or FeatureAggregate.TopShare or FeatureAggregate.Entropy =>
                ReferenceFrequencies.Of(feature, [.. facts.Select(f => Value(feature, f)!).Where(IsThere)]),
            FeatureAggregate.Custom => new(Custom(feature, facts, cutoff)),
            _ => ReferenceNumbers.Of(
                feature, [.. facts.Where(f => IsThere(Value(feature, f))).Select(f => f.At)], [.. facts.Select(f => Value(feature, f)).Where(IsThere).Cast<double>()], cutoff),
        };
        return double.IsFinite(value.Value) ? value : value with { Value = double.NaN };
    }

    /// <summary>Computes a category feature; <see langword="null"/> is missing.</summary>
    internal string? Text(FeatureDefinition feature, string who, long cutoff)
    {
        RawFact[] facts = Facts(feature, who, cutoff);
        string[] texts = [.. facts.Select(f => Value(feature, f) as string).OfType<string>()];
        return feature.Aggregate switch
        {
            FeatureAggregate.Category => Holding(feature, facts, cutoff) is { } fact ? (string?)Value(feature, fact) : null,
            FeatureAggregate.FirstCategory => texts.LastOrDefault(),
            FeatureAggregate.LastCategory => texts.ElementAtOrDefault((int)(feature.Parameter ?? 1) - 1),
            FeatureAggregate.Mode => texts.GroupBy(t => t).OrderByDescending(g => g.Count()).ThenBy(g => Array.IndexOf(texts, g.Key)).FirstOrDefault()?.Key,
            _ => throw new InvalidOperationException($"{feature.Aggregate} is not a category."),
        };
    }

    /// <summary>Returns the facts that a feature looks at: visible, inside the window, past the filters; newest first.</summary>
    private RawFact[] Facts(FeatureDefinition feature, string who, long cutoff)
    {
        RawSource source = sources.Single(s => s.Name == feature.Source);
        IEnumerable<RawFact> passing = source.Visible(who, cutoff).Where(f => feature.Where.All(w => Passes(w, f.Values[Array.IndexOf(source.Columns, w.Column)])));
        if (feature.Window is not { } window)
        {
            return [.. passing];
        }

        passing = passing.Where(f => ReferenceWindow.Of(window, cutoff).Contains(f.At));
        return [.. window.Kind == WindowKind.LastEvents ? passing.Take(window.Events) : passing];
    }

    private object? Value(FeatureDefinition feature, RawFact fact) => fact.Values[Array.IndexOf(sources.Single(s => s.Name == feature.Source).Columns, feature.Column!)];

    private static bool IsThere(object? value) => value is string or (double and not double.NaN);

    private static RawFact? Holding(FeatureDefinition feature, RawFact[] facts, long cutoff) =>
        facts.Length > 0 && (feature.Period is not { } tolerance || cutoff - facts[0].At <= tolerance.Ticks) ? facts[0] : null;

    private static bool Passes(EventFilter filter, object? value) => filter.Operator switch
    {
        FilterOperator.Is => (string?)value == filter.Category,
        FilterOperator.IsNot => (string?)value != filter.Category,
        FilterOperator.Above => (double)value! > filter.Limit,
        FilterOperator.Below => (double)value! < filter.Limit,
        FilterOperator.AtLeast => (double)value! >= filter.Limit,
        FilterOperator.AtMost => (double)value! <= filter.Limit,
        _ => throw new InvalidOperationException(),
    };

    private double Custom(FeatureDefinition feature, RawFact[] facts, long cutoff)
    {
        object?[] values = feature.Column is null ? [] : [.. facts.Select(f => Value(feature, f))];
        string[] texts = [.. values.OfType<string>().Distinct()];
        bool numbers = Array.TrueForAll(values, v => v is double);
        return feature.Custom!.Compute(new WindowFacts(
            [.. facts.Select(f => f.At)],
            numbers ? [.. values.Select(v => (double)v!)] : [],
            numbers ? [] : [.. values.Select(v => v is null ? -1 : Array.IndexOf(texts, v))],
            cutoff));
    }

    private ReferenceValue Coverage(FeatureDefinition feature, string who, long cutoff)
    {
        TimeWindow observed = sources.Single(s => s.Name == feature.Source).Observed;
        ReferenceWindow window = ReferenceWindow.Of(feature.Window!, cutoff);
        Int128 watched = Int128.Min(window.End, observed.End.UtcTicks) - Int128.Max(window.Start, observed.Start.UtcTicks);
        bool known = sources.Any(s => s.Visible(who, cutoff).Length > 0);

        // How long a calendar window is that starts before the calendar does, nobody says.
        return window.Start == Int128.MinValue ? new(0, 1) : new(known && watched > 0 ? (double)watched / (double)(window.End - window.Start) : 0);
    }

    private static ReferenceValue Days(long? ticks) => ticks is { } length ? new(new TimeSpan(length).TotalDays) : ReferenceValue.Missing;

    private static ReferenceValue Near(double value, double relative) => new(value, relative * Math.Abs(value));
}
