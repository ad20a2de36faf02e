namespace MlSystemDesign.Explanation;

/// <summary>How the values of one column are said: "no purchase for {value}".</summary>
/// <remarks>
/// Places: {value} the value with its unit, {number} without, {percent} a hundredfold with a percent sign, {change} what a ratio says ("down 60 %" for 0.4), {column} the name of
/// the column. Two braces stand for one. In the words of an aggregate (<see cref="ReasonTemplates.Aggregates"/>) also {fact}, {facts}, {column} and {window}.
/// </remarks>
public sealed record ColumnWords
{
    /// <summary>Gets what is said of a value.</summary>
    public required string Is { get; init; }

    /// <summary>Gets what is said of a missing value; when absent, <see cref="Is"/> with the word for missing.</summary>
    public string? Missing { get; init; }

    /// <summary>Gets what is said of 0.</summary>
    public string? Zero { get; init; }

    /// <summary>Gets what is said of 1.</summary>
    public string? One { get; init; }

    /// <summary>Gets what is said of a value above 0 and below <see cref="SmallBelow"/>: a time of a few days.</summary>
    public string? Small { get; init; }

    /// <summary>Gets from which value on a value is not small.</summary>
    public double SmallBelow { get; init; } = 1;

    /// <summary>Gets what is said of a value below 0, whose sign is left out then.</summary>
    public string? Negative { get; init; }

    /// <summary>Gets what is said of single categories, by their text.</summary>
    public IReadOnlyDictionary<string, string> Levels { get; init; } = new Dictionary<string, string>();

    /// <summary>Finds what is said of a number.</summary>
    internal string Of(double value) => (value switch
    {
        double.NaN => Missing,
        0 => Zero,
        1 => One,
        < 0 => Negative,
        _ => null,
    })
    ?? (value > 0 && value < SmallBelow ? Small : null) ?? Is;

    /// <summary>The same words with some places filled for good.</summary>
    internal ColumnWords FillFirst(params (string Place, string? Text)[] values) => this with
    {
        Is = TextTemplate.FillFirst(Is, values),
        Missing = Missing is null ? null : TextTemplate.FillFirst(Missing, values),
        Zero = Zero is null ? null : TextTemplate.FillFirst(Zero, values),
        One = One is null ? null : TextTemplate.FillFirst(One, values),
        Small = Small is null ? null : TextTemplate.FillFirst(Small, values),
        Negative = Negative is null ? null : TextTemplate.FillFirst(Negative, values),
        Levels = Levels.ToDictionary(level => level.Key, level => TextTemplate.FillFirst(level.Value, values), StringComparer.Ordinal),
    };
}

/// <summary>How the features of one aggregate are said, whatever they are computed from.</summary>
/// <param name="Feature">What the business feature is called: "{facts}".</param>
/// <param name="Values">What is said of its values.</param>
public sealed record AggregateWords(string Feature, ColumnWords Values);

/// <summary>A unit, singular and plural: "day", "days".</summary>
/// <param name="One">After 1.</param>
/// <param name="Many">After any other number.</param>
public sealed record UnitWords(string One, string Many);

/// <summary>How windows are said.</summary>
/// <param name="Length">"in the last {length}".</param>
/// <param name="Lagged">"in {length} up to {lag} ago".</param>
/// <param name="History">"so far".</param>
/// <param name="Events">"in the last {number} {facts}".</param>
public sealed record WindowWords(string Length, string Lagged, string History, string Events);
