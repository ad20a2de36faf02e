using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlSystemDesign.Features;

/// <summary>The stored form of a plan.</summary>
internal sealed record FeaturePlanDto(IReadOnlyList<FeatureDto> Features, IReadOnlyList<DerivedColumn>? DerivedColumns = null);

/// <summary>The stored form of a feature. Windows and lengths are in words, such as "30 d"; older versions wrote a window as a time span.</summary>
internal sealed record FeatureDto(
    string Name,
    string Source,
    FeatureAggregate Aggregate,
    string Group,
    string? Column = null,
    string? Window = null,
    double? Parameter = null,
    string? Period = null,
    string? Expression = null,
    string? Custom = null,
    string? Unit = null,
    IReadOnlyList<FilterDto>? Where = null);

/// <summary>The stored form of a filter.</summary>
internal sealed record FilterDto(string Column, FilterOperator Operator, string? Category = null, double? Limit = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FeaturePlanDto))]
internal sealed partial class FeaturePlanContext : JsonSerializerContext;

/// <summary>Writes and reads plans.</summary>
internal static class FeaturePlanJson
{
    // Leaves "a < b + c" and "é" as a person reads them: the text goes into files, not into web pages.
    private static readonly FeaturePlanContext Readable = new(new JsonSerializerOptions(FeaturePlanContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    internal static string Write(FeaturePlan plan) => JsonSerializer.Serialize(
        new FeaturePlanDto([.. plan.Features.Select(Dto)], plan.DerivedColumns.Count == 0 ? null : plan.DerivedColumns), Readable.FeaturePlanDto);

    internal static FeaturePlan Read(ReadOnlySpan<byte> utf8, IEnumerable<IWindowAggregate> customAggregates)
    {
        Dictionary<string, IWindowAggregate> custom = new(StringComparer.Ordinal);
        foreach (IWindowAggregate aggregate in customAggregates)
        {
            custom.TryAdd(aggregate.Name, aggregate);
        }

        FeaturePlanDto dto = Parse(utf8);
        try
        {
            return new FeaturePlan([.. dto.Features.Select(f => Definition(f, custom))], dto.DerivedColumns ?? []);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Malformed(e);
        }
    }

    /// <summary>Lists the names of the custom aggregates, each once, in the order of first use.</summary>
    internal static string[] CustomNames(ReadOnlySpan<byte> utf8) => [.. Parse(utf8).Features.Select(f => f.Custom).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static FeaturePlanDto Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            FeaturePlanDto dto = JsonSerializer.Deserialize(utf8, FeaturePlanContext.Default.FeaturePlanDto) ?? throw new JsonException("It is null.");
            return dto.Features.Contains(null!) || (dto.DerivedColumns?.Contains(null!) ?? false) ? throw new JsonException("It holds a null.") : dto;
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    private static DataFormatException Malformed(Exception e) =>
        new($"A feature plan must be the JSON that ToJson wrote. Got something else: {e.Message} Write the plan again.", innerException: e);

    private static FeatureDto Dto(FeatureDefinition f) => new(
        f.Name, f.Source, f.Aggregate, f.Group, f.Column, f.Window?.ToString(), f.Parameter, f.Period is { } period ? FeatureNames.Length(period, " ") : null, f.Expression, f.Custom?.Name, f.Unit, FiltersOf(f));

    private static FilterDto[]? FiltersOf(FeatureDefinition feature) => feature.Where.Count == 0
        ? null
        : [.. feature.Where.Select(w => new FilterDto(w.Column, w.Operator, w.Category, w.ComparesNumbers || !double.IsNaN(w.Limit) ? w.Limit : null))];

    private static FeatureDefinition Definition(FeatureDto dto, Dictionary<string, IWindowAggregate> custom) => new()
    {
        Name = dto.Name,
        Source = dto.Source,
        Aggregate = dto.Aggregate,
        Group = dto.Group,
        Column = dto.Column,
        Window = dto.Window is null ? null : Window(dto.Window),
        Parameter = dto.Parameter,
        Period = dto.Period is null ? null : FeatureWindowText.ParseLength(dto.Period),
        Expression = dto.Expression,
        Custom = dto.Custom is null ? null : Custom(dto, custom),
        Unit = dto.Unit,
        Where = [.. (dto.Where ?? []).Select(Filter)],
    };

    // The first version wrote the length of every window as a time span, and the longest one for all history.
    private static FeatureWindow Window(string text) => TimeSpan.TryParseExact(text, "c", System.Globalization.CultureInfo.InvariantCulture, out TimeSpan length) && text.Contains(':', StringComparison.Ordinal)
        ? length == TimeSpan.MaxValue ? FeatureWindow.WholeHistory : FeatureWindow.Of(length)
        : FeatureWindow.Parse(text);

    private static IWindowAggregate Custom(FeatureDto dto, Dictionary<string, IWindowAggregate> custom) => custom.TryGetValue(dto.Custom!, out IWindowAggregate? aggregate)
        ? aggregate
        : throw new DataFormatException(
            $"A plan's custom aggregates must be given when it is read. Got none named '{dto.Custom}', which '{dto.Name}' uses. Pass it: FeaturePlan.FromJson(json, [aggregate]).");

    private static EventFilter Filter(FilterDto dto)
    {
        bool category = dto?.Operator is FilterOperator.Is or FilterOperator.IsNot;
        return dto is not null && category == (dto.Category is not null) && category == (dto.Limit is null)
            ? new EventFilter(dto.Column, dto.Operator, dto.Category, dto.Limit ?? double.NaN)
            : throw new JsonException($"The filter on '{dto?.Column}' compares {dto?.Operator} without its value, or with another one.");
    }
}
