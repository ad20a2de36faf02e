using System.Collections.Frozen;

namespace MlSystemDesign.Features;

/// <summary>The built-in aggregates: one entry each, and no other place that lists them.</summary>
internal static class AggregateCatalog
{
    private static readonly FrozenDictionary<FeatureAggregate, AggregateEntry> Entries = new Dictionary<FeatureAggregate, AggregateEntry>
    {
        [FeatureAggregate.Count] = OfEvents("count", "count", 0, AggregateUnit.None, "count", invertible: true),
        [FeatureAggregate.Sum] = OfNumbers("sum", 0),
        [FeatureAggregate.Mean] = OfNumbers("mean"),
        [FeatureAggregate.Min] = OfNumbers("min"),
        [FeatureAggregate.Max] = OfNumbers("max"),
        [FeatureAggregate.Std] = OfNumbers("std"),
        [FeatureAggregate.Variance] = OfNumbers("variance", unit: AggregateUnit.ColumnSquared),
        [FeatureAggregate.Skew] = OfNumbers("skew", unit: AggregateUnit.None),
        [FeatureAggregate.Slope] = OfNumbers("slope", unit: AggregateUnit.ColumnPerDay) with
        {
            Group = "trend",
            Lineage = (_, column, over, of) => $"slope per day of {column}{over} of {of}",
        },
        [FeatureAggregate.First] = OfNumbers("first") with { Lineage = (_, column, over, of) => $"oldest {column}{over} of {of}", Instead = "Use FirstCategory." },
        [FeatureAggregate.Last] = OfNumbers("last") with { NamePart = NameOfLast, Lineage = LineageOfLast, Parameter = ParameterRule.Rank, Instead = "Use LastCategory." },
        [FeatureAggregate.Quantile] = OfNumbers("quantile") with
        {
            NamePart = f => FeatureNames.Quantile(f.Parameter),
            Lineage = (f, column, over, of) => $"{FeatureNames.Quantile(f.Parameter)} of {column}{over} of {of}",
            Parameter = ParameterRule.Quantile,
        },
        [FeatureAggregate.DecayedSum] = Decayed(OfNumbers("decayed sum", 0), "sum"),
        [FeatureAggregate.DecayedMean] = Decayed(OfNumbers("decayed mean"), "mean"),
        [FeatureAggregate.DecayedCount] = Decayed(OfEvents("decayed count", "decayed count", 0, AggregateUnit.None, "count"), "count"),

        [FeatureAggregate.FirstCategory] = OfCategories("first category", "first", ColumnKind.Category, AggregateUnit.None, "oldest") with { Instead = "Use First." },
        [FeatureAggregate.LastCategory] = OfCategories("last category", "last", ColumnKind.Category, AggregateUnit.None, "newest") with
        {
            NamePart = NameOfLast,
            Lineage = LineageOfLast,
            Parameter = ParameterRule.Rank,
            Instead = "Use Last.",
        },
        [FeatureAggregate.Mode] = OfCategories("mode", "mode", ColumnKind.Category, AggregateUnit.None, "most frequent"),
        [FeatureAggregate.Entropy] = OfCategories("entropy", "entropy", ColumnKind.Number, AggregateUnit.Nats, "entropy of"),
        [FeatureAggregate.TopShare] = OfCategories("top share", string.Empty, ColumnKind.Number, AggregateUnit.Share, string.Empty) with
        {
            NamePart = f => $"top{FeatureNames.Number(f.Parameter ?? 1)}_share",
            Lineage = (f, column, over, of) => $"share of the {FeatureNames.Number(f.Parameter ?? 1)} most frequent {column}{over} of {of}",
            Parameter = ParameterRule.Rank,
        },
        [FeatureAggregate.Distinct] = OfNumbers("distinct", 0, AggregateUnit.None) with
        {
            Traits = new(AggregateInput.NumberOrCategory, true, ColumnKind.Number, 0, false, AggregateUnit.None),
            Lineage = (_, column, over, of) => $"number of distinct {column}{over} of {of}",
        },

        [FeatureAggregate.Recency] = OfAllTime("recency", "time since the newest of"),
        [FeatureAggregate.Tenure] = OfAllTime("tenure", "time since the oldest of"),
        [FeatureAggregate.GapMean] = OfEvents("gap mean", "mean time between neighbours", double.NaN, AggregateUnit.Days, "gap"),
        [FeatureAggregate.GapStd] = OfEvents("gap std", "std of the time between neighbours", double.NaN, AggregateUnit.Days, "gap"),
        [FeatureAggregate.GapLast] = OfEvents("gap last", "time between the two newest", double.NaN, AggregateUnit.Days, "gap"),
        [FeatureAggregate.ActivePeriods] = Periodic("active periods", f => f.Period == Day ? "active_days" : $"active_{Period(f)}_periods", "number of {0} with any"),
        [FeatureAggregate.CurrentStreak] = Periodic("current streak", f => $"current_{Streak(f)}_streak", "number of {0} in a row up to the end with any"),
        [FeatureAggregate.LongestStreak] = Periodic("longest streak", f => $"longest_{Streak(f)}_streak", "largest number of {0} in a row with any"),
        [FeatureAggregate.Coverage] = OfEvents("coverage", "share observed", 0, AggregateUnit.Share, "coverage"),

        [FeatureAggregate.Attribute] = Newest("attribute", AggregateInput.Number, AggregateUnit.Column),
        [FeatureAggregate.Category] = Newest("category", AggregateInput.Category, AggregateUnit.None) with { Instead = "Use Attribute." },
        [FeatureAggregate.Age] = OfAllTime("age", "time that the newest has held of") with { NamePart = _ => "attribute_age", ReadsOneFact = true },

        [FeatureAggregate.Expression] = new(
            new(AggregateInput.Features, false, ColumnKind.Number, double.NaN, false, AggregateUnit.None), "expression", _ => string.Empty, (f, _, _, _) => f.Expression ?? string.Empty),
    }.ToFrozenDictionary();

    private static TimeSpan Day => TimeSpan.FromDays(1);

    /// <summary>Finds what is said of an aggregate.</summary>
    /// <param name="aggregate">Any value.</param>
    /// <returns><see langword="null"/> for a custom one, and for a value that is none.</returns>
    internal static AggregateEntry? Find(FeatureAggregate aggregate) => Entries.GetValueOrDefault(aggregate);

    private static AggregateEntry OfNumbers(string word, double nothing = double.NaN, AggregateUnit unit = AggregateUnit.Column) => new(
        new(AggregateInput.Number, true, ColumnKind.Number, nothing, false, unit), word, _ => word, (_, column, over, of) => $"{word} of {column}{over} of {of}");

    private static AggregateEntry OfCategories(string word, string name, ColumnKind result, AggregateUnit unit, string phrase) =>
        new(new(AggregateInput.Category, true, result, double.NaN, false, unit), word, _ => name, (_, column, over, of) => $"{phrase} {column}{over} of {of}")
        {
            Instead = "Use Quantile, or name a category column.",
        };

    private static AggregateEntry OfEvents(string word, string phrase, double nothing, AggregateUnit unit, string group, bool invertible = false) =>
        new(
            new(AggregateInput.Events, true, ColumnKind.Number, nothing, invertible, unit),
            word,
            _ => word.Replace(' ', '_'),
            (_, _, over, of) => $"{phrase}{over} of {of}")
        {
            Group = group,
        };

    private static AggregateEntry OfAllTime(string word, string phrase) =>
        new(new(AggregateInput.Events, false, ColumnKind.Number, double.NaN, false, AggregateUnit.Days), word, _ => word, (_, _, _, of) => $"{phrase} {of}") { Group = word };

    private static AggregateEntry Decayed(AggregateEntry entry, string word) => entry with
    {
        NamePart = f => $"decayed_{word}_{Period(f)}",
        Lineage = (f, column, over, of) => $"{word}{(column.Length == 0 ? string.Empty : " of ")}{column}, halved every {FeatureNames.Length(f.Period ?? default, " ")},{over} of {of}",
        Period = PeriodRule.Required,
    };

    private static AggregateEntry Periodic(string word, Func<FeatureDefinition, string> name, string phrase)
    {
        System.Text.CompositeFormat format = System.Text.CompositeFormat.Parse(phrase);
        return OfEvents(word, phrase, 0, AggregateUnit.None, "activity") with
        {
            NamePart = name,
            Lineage = (f, _, over, of) => string.Format(
                System.Globalization.CultureInfo.InvariantCulture, format, f.Period == Day ? "days" : $"periods of {FeatureNames.Length(f.Period ?? default, " ")}") + $"{over} of {of}",
            Period = PeriodRule.Required,
        };
    }

    private static AggregateEntry Newest(string word, AggregateInput input, AggregateUnit unit) =>
        new(
            new(input, false, input == AggregateInput.Number ? ColumnKind.Number : ColumnKind.Category, double.NaN, false, unit),
            word,
            f => f.Period is null ? string.Empty : "within_" + Period(f),
            (f, column, _, of) => $"newest {column} of {of}{(f.Period is { } within ? $", not older than {FeatureNames.Length(within, " ")}" : string.Empty)}")
        {
            ReadsOneFact = true,
            Period = PeriodRule.Optional,
        };

    private static string NameOfLast(FeatureDefinition feature) => feature.Parameter is { } n && n != 1 ? "last" + FeatureNames.Number(n) : "last";

    private static string LineageOfLast(FeatureDefinition feature, string column, string over, string of) =>
        $"newest {column}{(feature.Parameter is { } n && n != 1 ? $" but {FeatureNames.Number(n - 1)}" : string.Empty)}{over} of {of}";

    private static string Period(FeatureDefinition feature) => FeatureNames.Length(feature.Period ?? default);

    private static string Streak(FeatureDefinition feature) => feature.Period == Day ? "day" : Period(feature);
}
