using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Training;

/// <summary>Saves a constant.</summary>
internal sealed class ConstantPredictorCodec : IArtifactCodec
{
    public string Kind => ConstantPredictor.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) =>
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(new ConstantDto(((ConstantPredictor)part).Value), BaselineJson.Default.ConstantDto));

    public IArtifactPart Read(IArtifactReader reader)
    {
        ConstantDto dto = JsonPayload.Read(reader, Kind, BaselineJson.Default.ConstantDto);
        return TrainingPayload.Checked(Kind, () => new ConstantPredictor(dto.Value));
    }
}

/// <summary>Saves a rule: its terms and the ranks of their columns.</summary>
internal sealed class RulePredictorCodec : IArtifactCodec
{
    public string Kind => RulePredictor.ArtifactKind;

    // Version 2 knows bands, thresholds and levels.
    public int Version => 2;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        RulePredictor rule = (RulePredictor)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(new RuleDto([.. rule.Terms], [.. rule.Ranks]), BaselineJson.Default.RuleDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        RuleDto dto = JsonPayload.Read(reader, Kind, BaselineJson.Default.RuleDto);
        TrainingPayload.RequireElements(Kind, dto.Terms);
        TrainingPayload.RequireElements(Kind, dto.Ranks);
        return TrainingPayload.Checked(Kind, () => new RulePredictor(dto.Terms, dto.Ranks));
    }
}

internal sealed record ConstantDto(double Value);

internal sealed record RuleDto(RuleTerm[] Terms, QuantileRank[] Ranks);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ConstantDto))]
[JsonSerializable(typeof(RuleDto))]
internal sealed partial class BaselineJson : JsonSerializerContext;
