using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Training;

/// <summary>Saves a transform of single columns: its input and what was fitted to each.</summary>
internal sealed class ColumnTransformCodec : IArtifactCodec
{
    public string Kind => FittedColumnTransform.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        FittedColumnTransform transform = (FittedColumnTransform)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(
            new ColumnTransformDto([.. transform.Input.Select(ColumnDto.Of)], [.. transform.Steps]), ColumnTransformJson.Default.ColumnTransformDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        ColumnTransformDto dto = JsonPayload.Read(reader, Kind, ColumnTransformJson.Default.ColumnTransformDto);
        TrainingPayload.RequireElements(Kind, dto.Input);
        TrainingPayload.RequireElements(Kind, dto.Steps);
        return TrainingPayload.Checked(Kind, () => new FittedColumnTransform(new FeatureSchema(dto.Input.Select(c => c.ToColumn())), dto.Steps));
    }
}

/// <summary>Saves a pipeline: its input, and each transform as a part of its own kind.</summary>
internal sealed class PipelineCodec : IArtifactCodec
{
    public string Kind => FittedPipeline.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        FittedPipeline pipeline = (FittedPipeline)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(
            new PipelineDto([.. pipeline.Input.Select(ColumnDto.Of)], pipeline.Transforms.Count), ColumnTransformJson.Default.PipelineDto));
        for (int i = 0; i < pipeline.Transforms.Count; i++)
        {
            writer.WritePart(NameOf(i), pipeline.Transforms[i]);
        }
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        PipelineDto dto = JsonPayload.Read(reader, Kind, ColumnTransformJson.Default.PipelineDto);
        TrainingPayload.RequireElements(Kind, dto.Input);
        _ = TrainingPayload.Checked(Kind, () => dto.Count >= 1 ? dto.Count : throw new ArgumentException($"A pipeline must have at least one transform. Got {dto.Count}."));
        List<IFittedTransform> transforms = [];
        for (int i = 0; i < dto.Count; i++)
        {
            transforms.Add(reader.ReadPart<IFittedTransform>(NameOf(i)));
        }

        return TrainingPayload.Checked(Kind, () => new FittedPipeline(new FeatureSchema(dto.Input.Select(c => c.ToColumn())), transforms));
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"transform-{index}");
}

internal sealed record ColumnTransformDto(ColumnDto[] Input, ColumnStep[] Steps);

internal sealed record PipelineDto(ColumnDto[] Input, int Count);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ColumnTransformDto))]
[JsonSerializable(typeof(PipelineDto))]
internal sealed partial class ColumnTransformJson : JsonSerializerContext;
