using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Training;

/// <summary>Saves the column of segments.</summary>
internal sealed class ColumnSegmentsCodec : IArtifactCodec
{
    public string Kind => ColumnSegments.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) =>
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(new ColumnSegmentsDto(((ColumnSegments)part).Column), SegmentJson.Default.ColumnSegmentsDto));

    public IArtifactPart Read(IArtifactReader reader)
    {
        ColumnSegmentsDto dto = JsonPayload.Read(reader, Kind, SegmentJson.Default.ColumnSegmentsDto);
        return TrainingPayload.Checked(Kind, () => new ColumnSegments(dto.Column));
    }
}

/// <summary>Saves a segmented predictor: the names as JSON; rule, global model and segment models as parts.</summary>
internal sealed class SegmentedPredictorCodec : IArtifactCodec
{
    public string Kind => SegmentedPredictor.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        SegmentedPredictor predictor = (SegmentedPredictor)part;
        string[] names = [.. predictor.Segments.Keys];
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(new SegmentedDto(names), SegmentJson.Default.SegmentedDto));
        writer.WritePart("rule", predictor.Rule);
        writer.WritePart("global", predictor.Global);
        for (int i = 0; i < names.Length; i++)
        {
            writer.WritePart(NameOf(i), predictor.Segments[names[i]]);
        }
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        SegmentedDto dto = JsonPayload.Read(reader, Kind, SegmentJson.Default.SegmentedDto);
        TrainingPayload.RequireElements(Kind, dto.Segments);
        ISegmentRule rule = reader.ReadPart<ISegmentRule>("rule");
        TrainedModel global = reader.ReadPart<TrainedModel>("global");
        TrainedModel[] models = [.. dto.Segments.Select((_, i) => reader.ReadPart<TrainedModel>(NameOf(i)))];
        return TrainingPayload.Checked(Kind, () => new SegmentedPredictor(
            rule, global, dto.Segments.Zip(models).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal)));
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"segment-{index}");
}

internal sealed record ColumnSegmentsDto(string Column);

internal sealed record SegmentedDto(string[] Segments);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ColumnSegmentsDto))]
[JsonSerializable(typeof(SegmentedDto))]
internal sealed partial class SegmentJson : JsonSerializerContext;
