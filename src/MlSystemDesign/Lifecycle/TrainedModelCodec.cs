using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlSystemDesign.Lifecycle;

/// <summary>Saves a model: its schema and facts as JSON, predictor and calibrator as parts of their own kinds.</summary>
internal sealed class TrainedModelCodec : IArtifactCodec
{
    public string Kind => TrainedModel.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        TrainedModel model = (TrainedModel)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(
            new ModelDto(
                model.Algorithm,
                model.TargetKind,
                [.. model.Schema.Select(ColumnDto.Of)],
                new SortedDictionary<string, string>(model.Facts.ToDictionary(), StringComparer.Ordinal)),
            ModelJson.Default.ModelDto));
        writer.WritePart("predictor", model.Predictor);
        writer.WritePart("calibrator", model.Calibrator);
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        ModelDto dto = JsonPayload.Read(reader, Kind, ModelJson.Default.ModelDto);
        return new TrainedModel(
            dto.Algorithm, dto.TargetKind, new FeatureSchema(dto.Schema.Select(c => c.ToColumn())), reader.ReadPart<IPredictor>("predictor"), reader.ReadPart<ICalibrator>("calibrator"), dto.Facts);
    }
}

internal sealed record ModelDto(string Algorithm, TargetKind TargetKind, IReadOnlyList<ColumnDto> Schema, SortedDictionary<string, string> Facts);

internal sealed record ColumnDto(string Name, ColumnKind Kind, string? Unit, string Lineage, double ValueForNothing, string Group, IReadOnlyList<string> Levels)
{
    internal static ColumnDto Of(FeatureColumn column) =>
        new(column.Name, column.Kind, column.Unit, column.Lineage, column.ValueForNothing, column.Group, column.Levels);

    internal FeatureColumn ToColumn() =>
        new() { Name = Name, Kind = Kind, Unit = Unit, Lineage = Lineage, ValueForNothing = ValueForNothing, Group = Group, Levels = Levels };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelDto))]
internal sealed partial class ModelJson : JsonSerializerContext;
