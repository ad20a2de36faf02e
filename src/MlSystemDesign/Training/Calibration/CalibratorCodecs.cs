using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Training;

/// <summary>Saves a Platt calibrator: slope and intercept.</summary>
internal sealed class PlattCalibratorCodec : IArtifactCodec
{
    public string Kind => PlattCalibrator.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        PlattCalibrator platt = (PlattCalibrator)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(new PlattDto(platt.Slope, platt.Intercept), CalibratorJson.Default.PlattDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        PlattDto dto = JsonPayload.Read(reader, Kind, CalibratorJson.Default.PlattDto);
        return TrainingPayload.Checked(Kind, () => new PlattCalibrator(dto.Slope, dto.Intercept));
    }
}

/// <summary>Saves an isotonic calibrator: the knots of its curve.</summary>
internal sealed class IsotonicCalibratorCodec : IArtifactCodec
{
    public string Kind => IsotonicCalibrator.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        IsotonicCalibrator isotonic = (IsotonicCalibrator)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(
            new IsotonicDto(isotonic.Scores.ToArray(), isotonic.Probabilities.ToArray()), CalibratorJson.Default.IsotonicDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        IsotonicDto dto = JsonPayload.Read(reader, Kind, CalibratorJson.Default.IsotonicDto);
        return TrainingPayload.Checked(Kind, () => new IsotonicCalibrator(dto.Scores, dto.Probabilities));
    }
}

/// <summary>Saves a sigmoid calibrator, which has nothing but its kind.</summary>
internal sealed class SigmoidCalibratorCodec : IArtifactCodec
{
    public string Kind => SigmoidCalibrator.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload([]);

    public IArtifactPart Read(IArtifactReader reader)
    {
        TrainingPayload.RequireEmpty(reader, Kind);
        return new SigmoidCalibrator();
    }
}

/// <summary>Saves an identity calibrator, which has nothing but its kind.</summary>
internal sealed class IdentityCalibratorCodec : IArtifactCodec
{
    public string Kind => IdentityCalibrator.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload([]);

    public IArtifactPart Read(IArtifactReader reader)
    {
        TrainingPayload.RequireEmpty(reader, Kind);
        return new IdentityCalibrator();
    }
}

internal sealed record PlattDto(double Slope, double Intercept);

internal sealed record IsotonicDto(double[] Scores, double[] Probabilities);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlattDto))]
[JsonSerializable(typeof(IsotonicDto))]
internal sealed partial class CalibratorJson : JsonSerializerContext;
