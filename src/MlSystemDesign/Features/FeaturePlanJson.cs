using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlSystemDesign.Features;

/// <summary>The stored form of a plan.</summary>
internal sealed record FeaturePlanDto(IReadOnlyList<FeatureDto> Features);

internal sealed record FeatureDto(
    string Name, string Source, FeatureAggregate Aggregate, string Group, string? Column = null, TimeSpan? Window = null, IReadOnlyList<FilterDto>? Where = null);

internal sealed record FilterDto(string Column, FilterOperator Operator, string? Category = null, double? Limit = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FeaturePlanDto))]
internal sealed partial class FeaturePlanContext : JsonSerializerContext;

/// <summary>Writes and reads plans.</summary>
internal static class FeaturePlanJson
{
    internal static string Write(FeaturePlan plan) => JsonSerializer.Serialize(
        new FeaturePlanDto([.. plan.Features.Select(f => new FeatureDto(f.Name, f.Source, f.Aggregate, f.Group, f.Column, f.Window?.Kind == WindowKind.WholeHistory ? TimeSpan.MaxValue : f.Window?.Length, FiltersOf(f)))]),
        FeaturePlanContext.Default.FeaturePlanDto);

    internal static FeaturePlan Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            FeaturePlanDto dto = JsonSerializer.Deserialize(utf8, FeaturePlanContext.Default.FeaturePlanDto) ?? throw new JsonException("It is null.");
            return new FeaturePlan(dto.Features.Select(Definition));
        }
        catch (JsonException e)
        {
            throw new DataFormatException($"A feature plan must be the JSON that ToJson wrote. Got something else: {e.Message} Write the plan again.", innerException: e);
        }
    }

    private static FilterDto[]? FiltersOf(FeatureDefinition feature) => feature.Where.Count == 0
        ? null
        : [.. feature.Where.Select(w => new FilterDto(w.Column, w.Operator, w.Category, double.IsNaN(w.Limit) ? null : w.Limit))];

    private static FeatureDefinition Definition(FeatureDto dto) => new()
    {
        Name = dto.Name,
        Source = dto.Source,
        Aggregate = dto.Aggregate,
        Group = dto.Group,
        Column = dto.Column,
        Window = dto.Window is not { } window ? null : window == TimeSpan.MaxValue ? FeatureWindow.WholeHistory : FeatureWindow.Of(window),
        Where = [.. (dto.Where ?? []).Select(Filter)],
    };

    private static EventFilter Filter(FilterDto dto)
    {
        bool category = dto.Operator is FilterOperator.Is or FilterOperator.IsNot;
        return category == (dto.Category is not null) && category == (dto.Limit is null)
            ? new EventFilter(dto.Column, dto.Operator, dto.Category, dto.Limit ?? double.NaN)
            : throw new JsonException($"The filter on '{dto.Column}' compares {dto.Operator} without its value, or with another one.");
    }
}
