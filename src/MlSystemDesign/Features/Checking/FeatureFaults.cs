namespace MlSystemDesign.Features;

/// <summary>Finds what is wrong with a definition by itself.</summary>
internal static class FeatureFaults
{
    internal static IEnumerable<string> Of(FeatureDefinition feature)
    {
        if (!Enum.IsDefined(feature.Aggregate))
        {
            yield return $"The aggregate of '{feature.Name}' must be one of {string.Join(", ", Enum.GetNames<FeatureAggregate>())}. Got {(int)feature.Aggregate}. Use one of them.";
            yield break;
        }

        if (feature.Aggregate == FeatureAggregate.Custom)
        {
            foreach (string fault in CustomFaults(feature))
            {
                yield return fault;
            }
        }
        else if (feature.Custom is not null)
        {
            yield return $"Only a feature of aggregate Custom must have a custom aggregate. Got '{feature.Custom.Name}' for '{feature.Name}', a {feature.Aggregate}. Leave it out.";
        }

        if (feature.TraitsOrNull is not { } traits)
        {
            yield break; // what the rest should be is not known
        }

        foreach (string fault in WindowFaults.Of(feature, traits).Concat(ColumnFaults(feature)).Concat(ArgumentFaults(feature)).Concat(FilterFaults(feature)).Concat(ExpressionFaults(feature)))
        {
            yield return fault;
        }
    }

    /// <summary>Puts the article before a word.</summary>
    internal static string An(object word) => $"{("AEIOUaeiou".Contains($"{word}"[0], StringComparison.Ordinal) ? "An" : "A")} {word}";

    /// <summary>Tells whether a filter has what it compares with, and nothing else.</summary>
    internal static bool IsComparison(EventFilter? filter) => filter is not null && !string.IsNullOrEmpty(filter.Column) && Enum.IsDefined(filter.Operator)
        && (filter.ComparesNumbers ? !double.IsNaN(filter.Limit) && filter.Category is null : double.IsNaN(filter.Limit) && filter.Category is not null);

    private static IEnumerable<string> CustomFaults(FeatureDefinition feature)
    {
        if (feature.Custom is not { } custom)
        {
            yield return $"A Custom feature must have its aggregate. Got none for '{feature.Name}'. Set Custom, or declare it with Custom(aggregate).";
            yield break;
        }

        if (string.IsNullOrWhiteSpace(custom.Name))
        {
            yield return $"A custom aggregate must have a name. Got an empty one for '{feature.Name}'. Name it: it is part of column names and of the saved plan.";
        }

        string traits = custom.Traits is not { } t
            ? "no traits"
            : t.Result != ColumnKind.Number
                ? $"a result of kind {t.Result}"
                : !t.HasWindow
                    ? "no window"
                    : t.Input == AggregateInput.Features || !Enum.IsDefined(t.Input) || !Enum.IsDefined(t.Unit)
                        ? $"input {t.Input} and unit {t.Unit}"
                        : double.IsInfinity(t.ValueForNothing) ? "an infinite value for nothing" : string.Empty;
        if (traits.Length > 0)
        {
            yield return $"The traits of a custom aggregate must say that it turns the events, numbers or categories of a window into a number. Got {traits} for '{custom.Name}'. Set them so.";
        }
    }

    private static IEnumerable<string> ColumnFaults(FeatureDefinition feature)
    {
        bool expression = feature.Aggregate == FeatureAggregate.Expression;
        if (expression && !string.IsNullOrEmpty(feature.Source))
        {
            yield return $"An Expression must read no source: it reads other features. Got '{feature.Source}' for '{feature.Name}'. Leave the source empty.";
        }
        else if (!expression && string.IsNullOrWhiteSpace(feature.Source))
        {
            yield return $"{An(feature.Aggregate)} must name a source. Got none for '{feature.Name}'. Name one of the history's.";
        }

        if (feature.NeedsColumn != feature.Column is not null)
        {
            yield return feature.NeedsColumn
                ? $"{An(feature.Aggregate)} must name a column. Got none for '{feature.Name}'. Name one of source '{feature.Source}'."
                : $"{An(feature.Aggregate)} must name no column. Got '{feature.Column}' for '{feature.Name}'. Leave the column out.";
        }
    }

    private static IEnumerable<string> ArgumentFaults(FeatureDefinition feature)
    {
        string name = $"'{feature.Name}'";
        string got = feature.Parameter is { } number ? FeatureNames.Number(number) : "none";
        string? parameter = (feature.Entry?.Parameter ?? ParameterRule.None, feature.Parameter) switch
        {
            (ParameterRule.None, not null) => $"{An(feature.Aggregate)} must have no parameter. Got {got} for {name}. Leave it out.",
            (ParameterRule.Rank, { } n) when !(n >= 1 && n <= int.MaxValue && n == Math.Floor(n)) =>
                $"The parameter of {feature.Aggregate} must be a whole number from 1. Got {got} for {name}. Pass 1 for the newest or most frequent.",
            (ParameterRule.Quantile, var q) when q is not (>= 0 and <= 1) => $"A quantile must be from 0 to 1. Got {got} for {name}. Pass 0.5 for the median.",
            _ => null,
        };
        if (parameter is not null)
        {
            yield return parameter;
        }

        string? period = (feature.Entry?.Period ?? PeriodRule.None, feature.Period) switch
        {
            (PeriodRule.None, { } p) => $"{An(feature.Aggregate)} must have no period. Got {p:c} for {name}. Leave it out.",
            (PeriodRule.Required, null) => $"{An(feature.Aggregate)} must have a period. Got none for {name}. Pass its half-life, or the length of its periods.",
            (not PeriodRule.None, { } p) when p <= TimeSpan.Zero => $"A half-life, period or tolerance must be positive. Got {p:c} for {name}. Pass a positive length.",
            _ => null,
        };
        if (period is not null)
        {
            yield return period;
        }
    }

    private static IEnumerable<string> FilterFaults(FeatureDefinition feature)
    {
        if (feature.Aggregate == FeatureAggregate.Coverage && feature.Where.Count > 0)
        {
            yield return $"A coverage must have no filter: the source was watched or not, whatever the event. Got '{string.Join(" and ", feature.Where)}' for '{feature.Name}'. Declare it outside Where.";
        }
        else if (feature.Aggregate == FeatureAggregate.Expression && feature.Where.Count > 0)
        {
            yield return $"An Expression must have no filter: it reads features, not facts. Got '{string.Join(" and ", feature.Where)}' for '{feature.Name}'. Filter the features that it reads.";
        }

        foreach (EventFilter? filter in feature.Where)
        {
            if (!IsComparison(filter))
            {
                yield return $"A filter must compare a column with a category or with a number. Got '{filter}' for '{feature.Name}'. Make it with EventFilter.Is, IsNot, Above, Below, AtLeast or AtMost.";
            }
        }
    }

    private static IEnumerable<string> ExpressionFaults(FeatureDefinition feature)
    {
        if (feature.Aggregate == FeatureAggregate.Expression)
        {
            if (!Arithmetic.TryParse(feature.Expression, out _, out string? fault))
            {
                yield return $"The expression of '{feature.Name}' must be arithmetic over features. {fault}";
            }

            yield break;
        }

        if (feature.Expression is not null)
        {
            yield return $"{An(feature.Aggregate)} must have no expression. Got '{feature.Expression}' for '{feature.Name}'. Leave it out, or use Expression.";
        }

        if (feature.Unit is not null)
        {
            yield return $"{An(feature.Aggregate)} must have no unit of its own: it follows from the column. Got '{feature.Unit}' for '{feature.Name}'. Leave it out.";
        }
    }
}
