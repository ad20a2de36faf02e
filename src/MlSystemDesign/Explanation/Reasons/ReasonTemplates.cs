using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlSystemDesign.Explanation;

/// <summary>How reasons are worded in one language. Chosen by the host; the culture of the machine plays no part.</summary>
/// <remarks>A template holds {feature}, {column}, {value} and {points}: the change of a probability in percentage points.</remarks>
public sealed record ReasonTemplates
{
    /// <summary>Gets the words in English.</summary>
    public static ReasonTemplates English { get; } = new()
    {
        Raises = "{column} is {value}: {points} points up",
        Lowers = "{column} is {value}: {points} points down",
        Missing = "missing",
    };

    /// <summary>Gets the words in Dutch.</summary>
    public static ReasonTemplates Dutch { get; } = new()
    {
        Raises = "{column} is {value}: {points} punten hoger",
        Lowers = "{column} is {value}: {points} punten lager",
        Missing = "onbekend",
        DecimalSeparator = ",",
        AtStake = "{text}, {money} van wat op het spel staat",
    };

    /// <summary>Gets the template of a reason that raises the prediction.</summary>
    public required string Raises { get; init; }

    /// <summary>Gets the template of a reason that lowers it.</summary>
    public required string Lowers { get; init; }

    /// <summary>Gets the word for a missing value.</summary>
    public required string Missing { get; init; }

    /// <summary>Gets the template of a reason in a decision: {text} is the reason, {money} its change of the prediction times the value at stake.</summary>
    public string AtStake { get; init; } = "{text}, {money} of the value at stake";

    /// <summary>Gets what stands before the decimals.</summary>
    public string DecimalSeparator { get; init; } = ".";

    /// <summary>Reads the template file of a language.</summary>
    /// <param name="json">An object with "raises", "lowers", "missing" and, if it is not a point, "decimalSeparator".</param>
    /// <exception cref="DataFormatException">It is no such object.</exception>
    public static ReasonTemplates Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReasonTemplatesJson.Default.ReasonTemplates) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new DataFormatException($"A template file must be a JSON object with raises, lowers and missing. It is not: {e.Message}. Start from the words of ReasonTemplates.English.", innerException: e);
        }
    }

    internal string Number(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace(".", DecimalSeparator, StringComparison.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReasonTemplates))]
internal sealed partial class ReasonTemplatesJson : JsonSerializerContext;
