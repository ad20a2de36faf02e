using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Training;

/// <summary>Saves a fitted transform: its input columns and what was fitted to each.</summary>
internal sealed class StandardTransformCodec : IArtifactCodec
{
    public string Kind => FittedStandardTransform.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        FittedStandardTransform transform = (FittedStandardTransform)part;
        StandardTransformDto dto = new([.. transform.Input.Select(ColumnDto.Of)], [.. transform.Numbers], [.. transform.Categories]);
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(dto, StandardTransformJson.Default.StandardTransformDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        StandardTransformDto dto = JsonPayload.Read(reader, Kind, StandardTransformJson.Default.StandardTransformDto);
        TrainingPayload.RequireElements(Kind, dto.Input);
        TrainingPayload.RequireElements(Kind, dto.Numbers);
        TrainingPayload.RequireElements(Kind, dto.Categories);
        return TrainingPayload.Checked(
            Kind, () => new FittedStandardTransform(new FeatureSchema(dto.Input.Select(c => c.ToColumn())), dto.Numbers, dto.Categories));
    }
}

internal sealed record StandardTransformDto(ColumnDto[] Input, NumberStep[] Numbers, CategoryStep[] Categories);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StandardTransformDto))]
internal sealed partial class StandardTransformJson : JsonSerializerContext;
