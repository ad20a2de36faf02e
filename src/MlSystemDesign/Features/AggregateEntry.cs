namespace MlSystemDesign.Features;

/// <summary>Which number an aggregate takes.</summary>
internal enum ParameterRule
{
    None,

    /// <summary>A whole number from 1; 1 by default.</summary>
    Rank,

    /// <summary>A number from 0 to 1; must be given.</summary>
    Quantile,
}

/// <summary>Which length of time an aggregate takes.</summary>
internal enum PeriodRule
{
    None,
    Optional,
    Required,
}

/// <summary>Everything that is said of a built-in aggregate.</summary>
/// <param name="Traits">What it needs, gives and makes of nothing.</param>
/// <param name="Word">What it is called in a message.</param>
/// <param name="NamePart">Its part of a column's name; may be empty.</param>
/// <param name="Lineage">Where its value comes from, told from the feature, its column, " over 30 d" and "deeds where kind is ticket".</param>
internal sealed record AggregateEntry(
    AggregateTraits Traits, string Word, Func<FeatureDefinition, string> NamePart, Func<FeatureDefinition, string, string, string, string> Lineage)
{
    /// <summary>Gets which number it takes.</summary>
    internal ParameterRule Parameter { get; init; }

    /// <summary>Gets which length of time it takes.</summary>
    internal PeriodRule Period { get; init; }

    /// <summary>Gets a value indicating whether it reads the newest visible row, of events or of attributes; all others read events.</summary>
    internal bool ReadsOneFact { get; init; }

    /// <summary>Gets what follows the column, or stands alone without one, in the name of the business feature.</summary>
    internal string Group { get; init; } = string.Empty;

    /// <summary>Gets what to use for a column of the other kind.</summary>
    internal string Instead { get; init; } = "Use Category, or count events inside Where.";
}
