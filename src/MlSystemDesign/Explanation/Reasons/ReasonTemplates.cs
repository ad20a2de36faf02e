using System.Globalization;
using System.Text.Json;
using MlSystemDesign.Features;

namespace MlSystemDesign.Explanation;

/// <summary>How reasons are worded in one language: sentences, units, and what is said of columns. Chosen by the host; the culture of the machine plays no part.</summary>
/// <remarks>
/// <para>Immutable. Places in a sentence are written in braces, two braces stand for one, and what is filled in is never read for places again: {what} says the value
/// of the column (<see cref="Columns"/>), {feature} names the business feature, {column} the column, {value} its value, {outcome} what is predicted, {move} by how much the
/// prediction moved, with its unit, and {points} the same without.</para>
/// <para>Columns that nobody has words for are said by <see cref="Is"/>. <see cref="ForPlan"/> has words for most features of a plan.</para>
/// </remarks>
public sealed partial record ReasonTemplates
{
    /// <summary>Gets the sentence of a reason that raises the prediction.</summary>
    public required string Raises { get; init; }

    /// <summary>Gets the sentence of a reason that lowers it.</summary>
    public required string Lowers { get; init; }

    /// <summary>Gets the word for a missing value.</summary>
    public required string Missing { get; init; }

    /// <summary>Gets what is said of a column without words of its own.</summary>
    public string Is { get; init; } = "{column} is {value}";

    /// <summary>Gets what a probability is called, such as "risk of leaving".</summary>
    public string Outcome { get; init; } = "probability";

    /// <summary>Gets what a prediction that is no probability is called, such as "expected spend".</summary>
    public string Prediction { get; init; } = "prediction";

    /// <summary>Gets how the change of a probability is said; {points} is in percentage points.</summary>
    public string Move { get; init; } = "{points} points";

    /// <summary>Gets the sentence of a reason in a decision: {text} is the reason, {expected} by how much its change of the prediction moves what the action is expected to bring,
    /// with its sign, and {money} the same change times the whole value at stake, without.</summary>
    public string AtStake { get; init; } = "{text} ({expected} expected)";

    /// <summary>Gets the sentence on how far a decision is from the cut: {distance} and {cut} are money, {probability} is one at which it would still be made:
    /// the lowest, or with a budget a little above it (<see cref="DecisionCut"/>).</summary>
    public string Cut { get; init; } = "{distance} above the cut of {cut}; still chosen if the {outcome} were {probability}";

    /// <summary>Gets what a ratio above 1 is called; {percent} is the rise.</summary>
    public string Up { get; init; } = "up {percent}";

    /// <summary>Gets what a ratio below 1 is called; {percent} is the fall.</summary>
    public string Down { get; init; } = "down {percent}";

    /// <summary>Gets what a ratio that rounds to 1 is called.</summary>
    public string Unchanged { get; init; } = "unchanged";

    /// <summary>Gets what a ratio is called that is no change: one below 0, or infinite. When absent, the number.</summary>
    public string? Times { get; init; }

    /// <summary>Gets how a move is said that rounds to nothing, as where the calibrated probability is flat: {move} is the least that is said. When absent, "0.0 points" is.</summary>
    public string? LessThan { get; init; }

    /// <summary>Gets how a category is said that the model did not see in training; it predicts for it as for a missing one. When absent, it is said as missing, as systems
    /// that were saved without this word go on doing.</summary>
    public string? Unseen { get; init; }

    /// <summary>Gets how a unit per day is said.</summary>
    public string PerDay { get; init; } = "{unit} per day";

    /// <summary>Gets what stands before the decimals.</summary>
    public string DecimalSeparator { get; init; } = ".";

    /// <summary>Gets what stands between thousands, from 10,000 on; nothing by default.</summary>
    public string GroupSeparator { get; init; } = string.Empty;

    /// <summary>Gets the words of units, by symbol: "d" is "day", "days".</summary>
    public IReadOnlyDictionary<string, UnitWords> Units { get; init; } = new Dictionary<string, UnitWords>();

    /// <summary>Gets what is said of columns, by name.</summary>
    public IReadOnlyDictionary<string, ColumnWords> Columns { get; init; } = new Dictionary<string, ColumnWords>();

    /// <summary>Gets what business features are called, by <see cref="FeatureColumn.Group"/>.</summary>
    public IReadOnlyDictionary<string, string> Features { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets what is said of the features of a plan, by the name of their <see cref="FeatureAggregate"/>.</summary>
    public IReadOnlyDictionary<string, AggregateWords> Aggregates { get; init; } = new Dictionary<string, AggregateWords>();

    /// <summary>Gets how windows are said.</summary>
    public WindowWords Windows { get; init; } = new("in the last {length}", "in {length} up to {lag} ago", "so far", "in the last {number} {facts}");

    /// <summary>Reads the template file of a language.</summary>
    /// <param name="json">An object with "raises", "lowers", "missing", and whatever else differs from the defaults, by the names of the properties here in camel case. <see cref="ToJson"/> of <see cref="English"/>
    /// shows them all.</param>
    /// <exception cref="DataFormatException">It is no such object.</exception>
    public static ReasonTemplates Parse(string json)
    {
        try
        {
            return (JsonSerializer.Deserialize(json, ReasonTemplatesJson.Default.ReasonTemplatesDto) ?? throw new JsonException("it is null")).ToTemplates();
        }
        catch (JsonException e)
        {
            throw new DataFormatException($"A template file must be a JSON object with raises, lowers and missing. It is not: {e.Message}. Start from the words of ReasonTemplates.English.", innerException: e);
        }
    }

    /// <summary>Writes a template file: what <see cref="Parse"/> reads. Equal words give equal text.</summary>
    public string ToJson() => JsonSerializer.Serialize(ReasonTemplatesDto.Of(this), ReasonTemplatesJson.Default.ReasonTemplatesDto);

    /// <summary>Returns these templates with words for one column, in place of any before.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="words">What is said of its values.</param>
    public ReasonTemplates ForColumn(string column, ColumnWords words) => this with { Columns = With(Columns, column, words) };

    /// <summary>Returns these templates with words for one column, whatever its value.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="words">Such as "spend {change} against the quarter before"; see <see cref="ColumnWords"/> for the places.</param>
    public ReasonTemplates ForColumn(string column, string words) => ForColumn(column, new ColumnWords { Is = words });

    /// <summary>Returns these templates with a name for a business feature.</summary>
    /// <param name="feature">The group of its columns.</param>
    /// <param name="name">What a domain expert calls it.</param>
    public ReasonTemplates ForFeature(string feature, string name) => this with { Features = With(Features, feature, name) };

    /// <summary>Returns these templates with words for the features of a plan, as far as this language has words for their aggregates and there are nouns for what they
    /// count. Columns and features that have words already keep them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="nouns">What the sources, filters and columns of the plan are called.</param>
    public ReasonTemplates ForPlan(FeaturePlan plan, ReasonNouns nouns)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(nouns);
        return new PlanWords(this, nouns).Add(plan);
    }

    /// <summary>The name of a business feature.</summary>
    /// <param name="feature">The group of its columns.</param>
    /// <returns>The name given to it, or else the group itself.</returns>
    public string NameOf(string feature) => Features.GetValueOrDefault(feature, feature);

    internal static IReadOnlyDictionary<string, T> With<T>(IReadOnlyDictionary<string, T> words, string key, T value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        return new Dictionary<string, T>(words, StringComparer.Ordinal) { [key] = value };
    }
}
