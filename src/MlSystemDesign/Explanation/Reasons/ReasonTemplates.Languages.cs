using MlSystemDesign.Features;

namespace MlSystemDesign.Explanation;

/// <content>The languages that come with the library.</content>
public sealed partial record ReasonTemplates
{
    /// <summary>Gets the words in English.</summary>
    public static ReasonTemplates English { get; } = new()
    {
        Raises = "{what}: raises the {outcome} by {move}",
        Lowers = "{what}: lowers the {outcome} by {move}",
        Missing = "missing",
        Times = "{number} times",
        LessThan = "less than {move}",
        Unseen = "{value} (new to the model)",
        GroupSeparator = ",",
        Units = Words(
            ("d", new UnitWords("day", "days")), ("h", new("hour", "hours")), ("min", new("minute", "minutes")), ("s", new("second", "seconds")), ("mo", new("month", "months"))),
        Aggregates = Words(
            Of(FeatureAggregate.Count, "{facts}", new() { Is = "{number} {facts} {window}", One = "one {fact} {window}", Zero = "no {fact} {window}" }),
            Of(FeatureAggregate.Sum, "{column}", new() { Is = "{column} of {value} {window}", Zero = "no {column} {window}", Negative = "{column} of minus {value} {window}" }),
            Of(FeatureAggregate.Mean, "{column}", new() { Is = "{column} of {value} per {fact} on average {window}", Missing = "no {fact} {window}" }),
            Of(FeatureAggregate.Quantile, "{column}", new() { Is = "{column} of {value} per {fact} {window} ({name})", Missing = "no {fact} {window}" }),
            Of(FeatureAggregate.Min, "{column}", new() { Is = "{column} of {value} at the least {window}", Missing = "no {fact} {window}" }),
            Of(FeatureAggregate.Max, "{column}", new() { Is = "{column} of {value} at the most {window}", Missing = "no {fact} {window}" }),
            Of(FeatureAggregate.Std, "{column}", new() { Is = "{column} varying by {value} between {facts} {window}", Zero = "the same {column} at every {fact} {window}", Missing = "fewer than two {facts} {window}" }),
            Of(FeatureAggregate.Slope, "trend of {column}", new()
            {
                Is = "{column} per {fact} rising by {value} {window}", Negative = "{column} per {fact} falling by {value} {window}",
                Zero = "{column} per {fact} steady {window}", Missing = "too few {facts} for a trend {window}",
            }),
            Of(FeatureAggregate.Recency, "last {fact}", new() { Is = "no {fact} for {value}", Zero = "last {fact} just now", Small = "last {fact} {value} ago", SmallBelow = 7, Missing = "no {fact} ever" }),
            Of(FeatureAggregate.Tenure, "first {fact}", new() { Is = "first {fact} {value} ago", Missing = "no {fact} ever" }),
            Of(FeatureAggregate.GapMean, "time between {facts}", new() { Is = "{value} between {facts} on average {window}", Missing = "fewer than two {facts} {window}" }),
            Of(FeatureAggregate.GapStd, "time between {facts}", new() { Is = "time between {facts} varying by {value} {window}", Missing = "fewer than three {facts} {window}" }),
            Of(FeatureAggregate.GapLast, "time between {facts}", new() { Is = "{value} between the last two {facts} {window}", Missing = "fewer than two {facts} {window}" }),
            Of(FeatureAggregate.Distinct, "{column}", new() { Is = "{number} different {column} {window}", Zero = "no {column} {window}" }),
            Of(FeatureAggregate.First, "{column}", new() { Is = "{column} of {value} at the first {fact} {window}", Missing = "no {fact} {window}" }),
            Of(FeatureAggregate.Last, "{column}", new() { Is = "{column} of {value} at the last {fact} {window}", Missing = "no {fact} {window}" }),
            Of(FeatureAggregate.Mode, "{column}", new() { Is = "mostly {column} {value} {window}", Missing = "no {column} {window}" }),
            Of(FeatureAggregate.LastCategory, "{column}", new() { Is = "{column} {value} at the last {fact} {window}", Missing = "no {fact} {window}" }),
            Of(FeatureAggregate.Attribute, "{column}", new() { Is = "{column} of {value}", Missing = "{column} not known" }),
            Of(FeatureAggregate.Category, "{column}", new() { Is = "{column} {value}", Missing = "{column} not known" })),
    };

    /// <summary>Gets the words in Dutch.</summary>
    public static ReasonTemplates Dutch { get; } = new()
    {
        Raises = "{what}: verhoogt de {outcome} met {move}",
        Lowers = "{what}: verlaagt de {outcome} met {move}",
        Missing = "onbekend",
        Outcome = "kans",
        Prediction = "voorspelling",
        Move = "{points} procentpunt",
        AtStake = "{text} ({expected} verwacht)",
        Cut = "{distance} boven de grens van {cut}; ook nog gekozen als de {outcome} {probability} was",
        Up = "{percent} omhoog",
        Down = "{percent} omlaag",
        Unchanged = "onveranderd",
        Times = "{number} keer",
        LessThan = "minder dan {move}",
        Unseen = "{value} (nieuw voor het model)",
        PerDay = "{unit} per dag",
        DecimalSeparator = ",",
        GroupSeparator = ".",
        Units = Words(
            ("d", new UnitWords("dag", "dagen")), ("h", new("uur", "uur")), ("min", new("minuut", "minuten")), ("s", new("seconde", "seconden")), ("mo", new("maand", "maanden"))),
        Windows = new("in de laatste {length}", "in {length} tot {lag} geleden", "tot nu toe", "in de laatste {number} {facts}"),
        Aggregates = Words(
            Of(FeatureAggregate.Count, "{facts}", new() { Is = "{number} {facts} {window}", One = "één {fact} {window}", Zero = "geen {fact} {window}" }),
            Of(FeatureAggregate.Sum, "{column}", new() { Is = "{column} van {value} {window}", Zero = "geen {column} {window}", Negative = "{column} van min {value} {window}" }),
            Of(FeatureAggregate.Mean, "{column}", new() { Is = "{column} van gemiddeld {value} per {fact} {window}", Missing = "geen {fact} {window}" }),
            Of(FeatureAggregate.Quantile, "{column}", new() { Is = "{column} van {value} per {fact} {window} ({name})", Missing = "geen {fact} {window}" }),
            Of(FeatureAggregate.Min, "{column}", new() { Is = "{column} van ten minste {value} {window}", Missing = "geen {fact} {window}" }),
            Of(FeatureAggregate.Max, "{column}", new() { Is = "{column} van ten hoogste {value} {window}", Missing = "geen {fact} {window}" }),
            Of(FeatureAggregate.Std, "{column}", new() { Is = "{column} per {fact} wisselend met {value} {window}", Zero = "steeds dezelfde {column} per {fact} {window}", Missing = "minder dan twee {facts} {window}" }),
            Of(FeatureAggregate.Slope, "verloop van {column}", new()
            {
                Is = "{column} per {fact} stijgend met {value} {window}", Negative = "{column} per {fact} dalend met {value} {window}", Zero = "{column} per {fact} gelijk {window}",
                Missing = "te weinig {facts} voor een verloop {window}",
            }),
            Of(FeatureAggregate.Recency, "laatste {fact}", new() { Is = "{value} geen {fact}", Zero = "laatste {fact} zojuist", Small = "laatste {fact} {value} geleden", SmallBelow = 7, Missing = "nog nooit een {fact}" }),
            Of(FeatureAggregate.Tenure, "eerste {fact}", new() { Is = "eerste {fact} {value} geleden", Missing = "nog nooit een {fact}" }),
            Of(FeatureAggregate.GapMean, "tijd tussen {facts}", new() { Is = "gemiddeld {value} tussen {facts} {window}", Missing = "minder dan twee {facts} {window}" }),
            Of(FeatureAggregate.GapStd, "tijd tussen {facts}", new() { Is = "tijd tussen {facts} wisselend met {value} {window}", Missing = "minder dan drie {facts} {window}" }),
            Of(FeatureAggregate.GapLast, "tijd tussen {facts}", new() { Is = "{value} tussen de laatste twee {facts} {window}", Missing = "minder dan twee {facts} {window}" }),
            Of(FeatureAggregate.Distinct, "{column}", new() { Is = "{number} verschillende {column} {window}", Zero = "geen {column} {window}" }),
            Of(FeatureAggregate.First, "{column}", new() { Is = "{column} van {value} bij de eerste {fact} {window}", Missing = "geen {fact} {window}" }),
            Of(FeatureAggregate.Last, "{column}", new() { Is = "{column} van {value} bij de laatste {fact} {window}", Missing = "geen {fact} {window}" }),
            Of(FeatureAggregate.Mode, "{column}", new() { Is = "meestal {column} {value} {window}", Missing = "geen {column} {window}" }),
            Of(FeatureAggregate.LastCategory, "{column}", new() { Is = "{column} {value} bij de laatste {fact} {window}", Missing = "geen {fact} {window}" }),
            Of(FeatureAggregate.Attribute, "{column}", new() { Is = "{column} van {value}", Missing = "{column} onbekend" }),
            Of(FeatureAggregate.Category, "{column}", new() { Is = "{column} {value}", Missing = "{column} onbekend" })),
    };

    private static Dictionary<string, T> Words<T>(params ReadOnlySpan<(string Key, T Value)> words)
    {
        Dictionary<string, T> all = new(StringComparer.Ordinal);
        foreach ((string key, T value) in words)
        {
            all.Add(key, value);
        }

        return all;
    }

    private static (string, AggregateWords) Of(FeatureAggregate aggregate, string feature, ColumnWords values) => (aggregate.ToString(), new AggregateWords(feature, values));
}
